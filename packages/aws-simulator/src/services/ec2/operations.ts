// The EC2 operations that are simulated.

import type { Operations } from '../call.ts';
import { acceptConnections, describeConnections, rejectConnections } from './connections.ts';
import { createEndpoint } from './endpoint-creation.ts';
import { modifyEndpoint } from './endpoint-modification.ts';
import { deleteEndpoints, describeEndpoints } from './endpoints.ts';
import {
  describeNetworkInterfaces,
  describeSecurityGroups,
  describeSubnets,
  describeVpcAttribute,
  describeVpcs,
} from './network.ts';
import { startPrivateDnsVerification } from './private-dns-verification.ts';
import { modifyServiceConfiguration } from './service-changes.ts';
import {
  createServiceConfiguration,
  deleteServiceConfigurations,
  describeServiceConfigurations,
} from './service-configurations.ts';
import { modifyServicePayer } from './service-payer.ts';
import { describeServicePermissions, modifyServicePermissions } from './service-permissions.ts';
import { createTags, deleteTags, describeTags } from './tag-operations.ts';
import { describeServices } from './visible-services.ts';
import { describeAvailabilityZones, describeRegions } from './zones.ts';

export const ec2Operations: Operations = {
  AcceptVpcEndpointConnections: acceptConnections,
  CreateTags: createTags,
  CreateVpcEndpoint: createEndpoint,
  CreateVpcEndpointServiceConfiguration: createServiceConfiguration,
  DeleteTags: deleteTags,
  DeleteVpcEndpointServiceConfigurations: deleteServiceConfigurations,
  DeleteVpcEndpoints: deleteEndpoints,
  DescribeAvailabilityZones: describeAvailabilityZones,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribeRegions: describeRegions,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSubnets: describeSubnets,
  DescribeTags: describeTags,
  DescribeVpcAttribute: describeVpcAttribute,
  DescribeVpcEndpointConnections: describeConnections,
  DescribeVpcEndpointServiceConfigurations: describeServiceConfigurations,
  DescribeVpcEndpointServicePermissions: describeServicePermissions,
  DescribeVpcEndpointServices: describeServices,
  DescribeVpcEndpoints: describeEndpoints,
  DescribeVpcs: describeVpcs,
  ModifyVpcEndpoint: modifyEndpoint,
  ModifyVpcEndpointServiceConfiguration: modifyServiceConfiguration,
  ModifyVpcEndpointServicePayerResponsibility: modifyServicePayer,
  ModifyVpcEndpointServicePermissions: modifyServicePermissions,
  RejectVpcEndpointConnections: rejectConnections,
  StartVpcEndpointServicePrivateDnsVerification: startPrivateDnsVerification,
};
