// What consumers see of a service whose owner pays.

import {
  DescribeVpcEndpointServicesCommand,
  ModifyVpcEndpointServicePayerResponsibilityCommand,
} from '@aws-sdk/client-ec2';
import { CUSTOMER } from '../../../lab.ts';
import { offerService } from '../../../scenes.ts';
import { expect, outputs, type ProbeSet } from '../../probe.ts';
import { vendor } from '../../scenes.ts';

export const servicePayerProbes: ProbeSet = outputs('ec2:DescribeVpcEndpointServices', {
  'ServiceDetails.PayerResponsibility': async (lab) => {
    const { id: ServiceId, name } = await offerService(lab);
    const pay = { ServiceId, PayerResponsibility: 'ServiceOwner' } as const;
    await vendor(lab).send(new ModifyVpcEndpointServicePayerResponsibilityCommand(pay));
    const { ServiceDetails } = await lab
      .as(CUSTOMER)
      .ec2.send(new DescribeVpcEndpointServicesCommand({ ServiceNames: [name] }));
    expect(ServiceDetails?.[0]?.PayerResponsibility).toBe('ServiceOwner');
  },
});
