data "aws_vpc" "this" {
  id = var.vpc_id
}

data "aws_subnets" "shared" {
  count = length(var.subnet_ids) == 0 ? 1 : 0

  filter {
    name   = "vpc-id"
    values = [var.vpc_id]
  }

  dynamic "filter" {
    for_each = length(var.availability_zone_ids) > 0 ? [var.availability_zone_ids] : []
    content {
      name   = "availability-zone-id"
      values = filter.value
    }
  }
}

data "aws_subnet" "shared" {
  for_each = toset(flatten(data.aws_subnets.shared[*].ids))
  id       = each.value
}

locals {
  tags    = merge({ Name = var.name }, var.tags)
  by_zone = { for id, subnet in data.aws_subnet.shared : subnet.availability_zone_id => id... }
  # AWS takes one subnet a zone.
  first_of_zone      = [for ids in values(local.by_zone) : sort(ids)[0]]
  subnet_ids         = length(var.subnet_ids) > 0 ? var.subnet_ids : local.first_of_zone
  makes_group        = length(var.security_group_ids) == 0
  security_group_ids = local.makes_group ? aws_security_group.this[*].id : var.security_group_ids
  whole_vpc          = [data.aws_vpc.this.cidr_block]
  client_cidrs       = length(var.client_cidrs) > 0 ? var.client_cidrs : local.whole_vpc
  has_name           = var.private_dns_name != null && var.dns != "none"
}

resource "aws_security_group" "this" {
  count       = local.makes_group ? 1 : 0
  name        = var.name
  description = "Who may use the VPC endpoint"
  vpc_id      = var.vpc_id
  tags        = local.tags

  dynamic "ingress" {
    for_each = toset(var.ports)
    content {
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = local.client_cidrs
    }
  }
}

# Private DNS is left out here: AWS refuses it before the vendor has let the endpoint in.
resource "aws_vpc_endpoint" "this" {
  vpc_endpoint_type  = "Interface"
  service_name       = var.service_name
  service_region     = var.service_region
  vpc_id             = var.vpc_id
  subnet_ids         = local.subnet_ids
  security_group_ids = local.security_group_ids
  tags               = local.tags

  lifecycle {
    precondition {
      condition     = length(local.subnet_ids) > 0
      error_message = "No subnet of the VPC is in a zone of availability_zone_ids."
    }
  }
}

# The key of the API comes from the environment, SALLYPORT_API_KEY, so that no state file has it.
resource "terraform_data" "let_in" {
  triggers_replace = [aws_vpc_endpoint.this.id]

  provisioner "local-exec" {
    interpreter = ["/bin/sh"]
    command     = "${path.module}/wait.sh"
    environment = {
      SALLYPORT_URL   = var.sallyport_url
      VPC_ENDPOINT_ID = aws_vpc_endpoint.this.id
      WAIT_SECONDS    = var.wait_seconds
    }
  }
}

resource "aws_vpc_endpoint_private_dns" "this" {
  count               = local.has_name && var.dns == "endpoint" ? 1 : 0
  vpc_endpoint_id     = aws_vpc_endpoint.this.id
  private_dns_enabled = true
  depends_on          = [terraform_data.let_in]
}
