// The EC2 operations that are simulated.

import type { Operations } from '../call.ts';
import {
  createConnectionNotification,
  deleteConnectionNotifications,
  describeConnectionNotifications,
  modifyConnectionNotification,
} from './endpoint-services/connection-notifications.ts';
import {
  acceptConnections,
  describeConnections,
  rejectConnections,
} from './endpoint-services/connections.ts';
import { createEndpoint } from './endpoints/creation.ts';
import { modifyEndpoint } from './endpoints/modification.ts';
import { deleteEndpoints, describeEndpoints } from './endpoints/endpoints.ts';
import { describeAssociations } from './endpoints/associations.ts';
import { modifyEndpointPayer } from './endpoints/payers.ts';
import {
  describeNetworkInterfaces,
  modifyNetworkInterfaceAttribute,
} from './network/interfaces.ts';
import {
  authorizeEgress,
  authorizeIngress,
  describeSecurityGroupRules,
  revokeEgress,
  revokeIngress,
} from './network/security-group-rules.ts';
import {
  createSecurityGroup,
  deleteSecurityGroup,
  describeSecurityGroups,
} from './network/security-groups.ts';
import { createSubnet, deleteSubnet, describeSubnets } from './network/subnets.ts';
import {
  createVpc,
  deleteVpc,
  describeVpcAttribute,
  describeVpcs,
  modifyVpcAttribute,
} from './network/vpcs.ts';
import { startPrivateDnsVerification } from './endpoint-services/private-dns-verification.ts';
import { modifyServiceConfiguration } from './endpoint-services/changes.ts';
import {
  createServiceConfiguration,
  deleteServiceConfigurations,
  describeServiceConfigurations,
} from './endpoint-services/configurations.ts';
import { modifyServicePayer } from './endpoint-services/payer.ts';
import {
  describeServicePermissions,
  modifyServicePermissions,
} from './endpoint-services/permissions.ts';
import { createTags, deleteTags, describeTags } from './tag-operations.ts';
import { describeServices } from './endpoints/visible-services.ts';
import { describeAvailabilityZones, describeRegions } from './network/zones.ts';

export const ec2Operations: Operations = {
  AcceptVpcEndpointConnections: acceptConnections,
  AuthorizeSecurityGroupEgress: authorizeEgress,
  AuthorizeSecurityGroupIngress: authorizeIngress,
  CreateSecurityGroup: createSecurityGroup,
  CreateSubnet: createSubnet,
  CreateTags: createTags,
  CreateVpc: createVpc,
  CreateVpcEndpoint: createEndpoint,
  CreateVpcEndpointServiceConfiguration: createServiceConfiguration,
  DeleteSecurityGroup: deleteSecurityGroup,
  DeleteSubnet: deleteSubnet,
  DeleteTags: deleteTags,
  DeleteVpc: deleteVpc,
  DeleteVpcEndpointServiceConfigurations: deleteServiceConfigurations,
  DeleteVpcEndpoints: deleteEndpoints,
  DescribeAvailabilityZones: describeAvailabilityZones,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribeRegions: describeRegions,
  DescribeSecurityGroupRules: describeSecurityGroupRules,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSubnets: describeSubnets,
  DescribeTags: describeTags,
  DescribeVpcAttribute: describeVpcAttribute,
  DescribeVpcEndpointAssociations: describeAssociations,
  CreateVpcEndpointConnectionNotification: createConnectionNotification,
  DeleteVpcEndpointConnectionNotifications: deleteConnectionNotifications,
  DescribeVpcEndpointConnectionNotifications: describeConnectionNotifications,
  DescribeVpcEndpointConnections: describeConnections,
  ModifyVpcEndpointConnectionNotification: modifyConnectionNotification,
  DescribeVpcEndpointServiceConfigurations: describeServiceConfigurations,
  DescribeVpcEndpointServicePermissions: describeServicePermissions,
  DescribeVpcEndpointServices: describeServices,
  DescribeVpcEndpoints: describeEndpoints,
  DescribeVpcs: describeVpcs,
  ModifyNetworkInterfaceAttribute: modifyNetworkInterfaceAttribute,
  ModifyVpcAttribute: modifyVpcAttribute,
  ModifyVpcEndpoint: modifyEndpoint,
  ModifyVpcEndpointPayerResponsibility: modifyEndpointPayer,
  ModifyVpcEndpointServiceConfiguration: modifyServiceConfiguration,
  ModifyVpcEndpointServicePayerResponsibility: modifyServicePayer,
  ModifyVpcEndpointServicePermissions: modifyServicePermissions,
  RejectVpcEndpointConnections: rejectConnections,
  RevokeSecurityGroupEgress: revokeEgress,
  RevokeSecurityGroupIngress: revokeIngress,
  StartVpcEndpointServicePrivateDnsVerification: startPrivateDnsVerification,
};
