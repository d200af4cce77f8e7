# Where the name is not resolved by the endpoint itself: a private hosted zone of exactly this name,
# so that it takes nothing else of the vendor's domain out of public DNS.

locals {
  makes_zone = local.has_name && contains(["hosted-zone", "profile"], var.dns)
  # A wildcard is a record of the zone below it.
  zone_name = local.has_name ? trimprefix(var.private_dns_name, "*.") : ""
}

resource "aws_route53_zone" "this" {
  count   = local.makes_zone ? 1 : 0
  name    = local.zone_name
  comment = var.name
  tags    = local.tags

  dynamic "vpc" {
    for_each = toset(concat([var.vpc_id], var.dns_vpc_ids))
    content {
      vpc_id = vpc.value
    }
  }
}

resource "aws_route53_record" "this" {
  count   = local.makes_zone ? 1 : 0
  zone_id = aws_route53_zone.this[0].zone_id
  name    = var.private_dns_name
  type    = "A"

  alias {
    name                   = aws_vpc_endpoint.this.dns_entry[0].dns_name
    zone_id                = aws_vpc_endpoint.this.dns_entry[0].hosted_zone_id
    evaluate_target_health = false
  }

  depends_on = [terraform_data.let_in]
}

resource "aws_route53profiles_resource_association" "this" {
  count        = local.makes_zone && var.dns == "profile" ? 1 : 0
  name         = var.name
  profile_id   = var.profile_id
  resource_arn = aws_route53_zone.this[0].arn
  depends_on   = [aws_route53_record.this]

  lifecycle {
    precondition {
      condition     = var.profile_id != null
      error_message = "Give profile_id: the Route 53 Profile that the zone is put into."
    }
  }
}
