# The role without permissions by which the vendor sees for itself whose account this is. Module
# version 1.0.0.

terraform {
  required_version = ">= 1.4"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "role_name" {
  description = "The name of the role, as the vendor's Sallyport shows it."
  type        = string
}

variable "trusted_principal" {
  description = "The ARN of the vendor's role or account that may assume it."
  type        = string
}

variable "external_id" {
  description = "The external id that the vendor has for you alone. It is no secret."
  type        = string
}

resource "aws_iam_role" "this" {
  name        = var.role_name
  description = "Proves whose account this is. It has no permissions, and needs none."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.trusted_principal }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "sts:ExternalId" = var.external_id } }
    }]
  })
}

output "role_arn" {
  description = "To be sent as proof of the account."
  value       = aws_iam_role.this.arn
}
