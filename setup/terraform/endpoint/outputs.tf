output "vpc_endpoint_id" {
  description = "The id of the endpoint, by which the vendor finds it too."
  value       = aws_vpc_endpoint.this.id
}

output "dns_name" {
  description = "The name that clients use, once all is applied."
  value       = local.has_name ? var.private_dns_name : aws_vpc_endpoint.this.dns_entry[0].dns_name
}

output "security_group_ids" {
  description = "The security groups of the endpoint."
  value       = local.security_group_ids
}
