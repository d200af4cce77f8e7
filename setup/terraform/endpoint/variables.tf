variable "name" {
  description = "The name of what is made."
  type        = string
}

variable "service_name" {
  description = "The name of the endpoint service: com.amazonaws.vpce.<region>.vpce-svc-…"
  type        = string
}

variable "service_region" {
  description = "The Region of the service, when it is not that of the endpoint."
  type        = string
  default     = null
}

variable "vpc_id" {
  description = "The VPC that the endpoint is to be in."
  type        = string
}

variable "availability_zone_ids" {
  description = "Zones, by their global ids, that the endpoint can be in; none for any."
  type        = list(string)
  default     = []
}

variable "subnet_ids" {
  description = "The subnets, one a zone. None: one of each zone above, in the VPC."
  type        = list(string)
  default     = []
}

variable "security_group_ids" {
  description = "Security groups of the endpoint. None: one is made, open to client_cidrs."
  type        = list(string)
  default     = []
}

variable "client_cidrs" {
  description = "Who may use the endpoint, when its security group is made here. None: the VPC."
  type        = list(string)
  default     = []
}

variable "ports" {
  description = "TCP ports of the service."
  type        = list(number)
  default     = [443]
}

variable "dns" {
  description = "How the private name is resolved: endpoint, hosted-zone, profile or none."
  type        = string
  default     = "endpoint"
  validation {
    condition     = contains(["endpoint", "hosted-zone", "profile", "none"], var.dns)
    error_message = "dns is endpoint, hosted-zone, profile or none."
  }
}

variable "private_dns_name" {
  description = "The private DNS name of the service; null when it has none."
  type        = string
  default     = null
}

variable "dns_vpc_ids" {
  description = "Further VPCs of this account and Region in which the hosted zone resolves."
  type        = list(string)
  default     = []
}

variable "profile_id" {
  description = "The Route 53 Profile that the hosted zone is put into, when dns is profile."
  type        = string
  default     = null
}

variable "sallyport_url" {
  description = "The address of the vendor's Sallyport, which says when the endpoint is let in."
  type        = string
}

variable "wait_seconds" {
  description = "For how long to wait to be let in. The next apply goes on where this one ended."
  type        = number
  default     = 900
}

variable "tags" {
  description = "Tags of all that is made."
  type        = map(string)
  default     = {}
}
