# The customer's side of a connection: an interface endpoint that waits until the vendor has let it
# in, and then answers to the private name, in one apply. Module version 1.0.0.

terraform {
  required_version = ">= 1.4"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.83"
    }
  }
}
