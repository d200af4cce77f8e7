// Connection notifications: which topic is told of what happens to connections.

import {
  type ConnectionNotification,
  CreateVpcEndpointConnectionNotificationCommand as Create,
  type CreateVpcEndpointConnectionNotificationCommandInput as CreateInput,
  DeleteVpcEndpointConnectionNotificationsCommand as Delete,
  DescribeVpcEndpointConnectionNotificationsCommand as Describe,
  type DescribeVpcEndpointConnectionNotificationsCommandInput as DescribeInput,
  type EC2Client,
  ModifyVpcEndpointConnectionNotificationCommand as Modify,
  type ModifyVpcEndpointConnectionNotificationCommandInput as ModifyInput,
} from '@aws-sdk/client-ec2';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { CUSTOMER, type Lab, VENDOR } from '../../../lab.ts';
import { connect, offerService } from '../../../scenes.ts';
import { clientToken, dryRead, dryRun, filters, pages, shownAs } from '../../patterns.ts';
import { each, effect, expect, outputs, type ProbeSet, probes } from '../../probe.ts';
import { customer, vendor } from '../../scenes.ts';

const CREATE = 'ec2:CreateVpcEndpointConnectionNotification';
const DESCRIBE = 'ec2:DescribeVpcEndpointConnectionNotifications';
const MODIFY = 'ec2:ModifyVpcEndpointConnectionNotification';
const DELETE = 'ec2:DeleteVpcEndpointConnectionNotifications';

export const connectionNotificationProbes: ProbeSet = [
  ...probes(CREATE, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: (lab) => offerService(lab),
      attempt: (lab, { id }) => create(lab, { ServiceId: id, DryRun: true }),
      read: (lab) => listed(lab),
    }),
    ...each(
      ['ServiceId', 'ConnectionNotificationArn', 'ConnectionEvents'],
      effect(DESCRIBE, async (lab) => {
        const { id } = await offerService(lab);
        await create(lab, { ServiceId: id, ConnectionEvents: ['Connect', 'Delete'] });
        expect(await listed(lab)).toMatchObject([
          {
            ServiceId: id,
            ConnectionNotificationArn: topicArn(VENDOR),
            ConnectionEvents: ['Connect', 'Delete'],
          },
        ]);
      }),
    ),
    VpcEndpointId: effect(DESCRIBE, async (lab) => {
      const { VpcEndpointId } = await connect(lab, await offerService(lab));
      await create(lab, { VpcEndpointId }, CUSTOMER);
      expect(await listed(lab, {}, customer(lab))).toMatchObject([{ VpcEndpointId }]);
    }),
    ClientToken: clientToken(DESCRIBE, {
      create: async (lab, token) => {
        const [service] = [...lab.simulator.world.endpointServices.values()];
        const id = service?.id ?? (await offerService(lab)).id;
        const { ConnectionNotification: made } = await create(lab, { ServiceId: id, ...token });
        return made?.ConnectionNotificationId;
      },
      list: async (lab) => (await listed(lab)).map(idOf),
    }),
  }),

  ...outputs(CREATE, {
    ClientToken: async (lab) => {
      const { id } = await offerService(lab);
      return create(lab, { ServiceId: id, ClientToken: 'one' });
    },
    'ConnectionNotification.VpcEndpointId': async (lab) => {
      const { VpcEndpointId } = await connect(lab, await offerService(lab));
      return create(lab, { VpcEndpointId }, CUSTOMER);
    },
  }),

  ...probes(DESCRIBE, {
    DryRun: dryRead(DESCRIBE, (lab) => vendor(lab).send(new Describe({ DryRun: true }))),
    ConnectionNotificationId: effect(DESCRIBE, async (lab) => {
      const { id } = await offerService(lab);
      await create(lab, { ServiceId: id });
      await create(lab, { ServiceId: id });
      const [, wanted] = await listed(lab);
      const { ConnectionNotificationId } = wanted ?? {};
      expect(await listed(lab, { ConnectionNotificationId })).toEqual([wanted]);
    }),
    ...pages(DESCRIBE, {
      prepare: async (lab) => {
        const { id } = await offerService(lab);
        for (let made = 0; made < 6; made += 1) await create(lab, { ServiceId: id });
      },
      list: async (lab, _, page) => {
        const answer = await vendor(lab).send(new Describe(page));
        const { ConnectionNotificationSet: found = [], NextToken: nextToken } = answer;
        return { ids: found.map(idOf), nextToken };
      },
    }),
    ...filters(DESCRIBE, {
      prepare: async (lab) => {
        const { id, name } = await offerService(lab, {}, [`arn:aws:iam::${VENDOR}:root`, '*']);
        await create(lab, { ServiceId: id });
        const { VpcEndpointId } = await connect(lab, { id, name });
        await create(lab, { VpcEndpointId }, CUSTOMER);
        return { items: [...(await listed(lab)), ...(await listed(lab, {}, customer(lab)))] };
      },
      list: async (lab, Filters) => [
        ...(await listed(lab, { Filters })).map(idOf),
        ...(await listed(lab, { Filters }, customer(lab))).map(idOf),
      ],
      cases: {
        'connection-notification-arn': shownAs(idOf, (one) => [one.ConnectionNotificationArn]),
        'connection-notification-id': shownAs(idOf, (one) => [one.ConnectionNotificationId]),
        'connection-notification-state': shownAs(idOf, (one) => [one.ConnectionNotificationState]),
        'connection-notification-type': shownAs(idOf, (one) => [one.ConnectionNotificationType]),
        'service-id': shownAs(idOf, ({ ServiceId }) => [ServiceId]),
        'vpc-endpoint-id': shownAs(idOf, ({ VpcEndpointId }) => [VpcEndpointId]),
      },
    }),
  }),

  ...probes(MODIFY, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: twoNotifications,
      attempt: (lab, [id]) => modify(lab, id, { ConnectionEvents: ['Reject'], DryRun: true }),
      read: (lab) => listed(lab),
    }),
    ...each(
      ['ConnectionNotificationId', 'ConnectionEvents'],
      effect(DESCRIBE, async (lab) => {
        const [, id] = await twoNotifications(lab);
        await modify(lab, id, { ConnectionEvents: ['Reject'] });
        expect((await listed(lab)).map((one) => one.ConnectionEvents)).toEqual([
          ['Connect'],
          ['Reject'],
        ]);
      }),
    ),
    ConnectionNotificationArn: effect(DESCRIBE, async (lab) => {
      const [id] = await twoNotifications(lab);
      await topic(lab, VENDOR, 'other');
      await modify(lab, id, { ConnectionNotificationArn: topicArn(VENDOR, 'other') });
      expect((await listed(lab)).map((one) => one.ConnectionNotificationArn)).toEqual([
        topicArn(VENDOR, 'other'),
        topicArn(VENDOR),
      ]);
    }),
  }),

  ...probes(DELETE, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: twoNotifications,
      attempt: (lab, ids) =>
        vendor(lab).send(new Delete({ ConnectionNotificationIds: ids, DryRun: true })),
      read: (lab) => listed(lab),
    }),
    ConnectionNotificationIds: effect(DESCRIBE, async (lab) => {
      const [one, two] = await twoNotifications(lab);
      await vendor(lab).send(new Delete({ ConnectionNotificationIds: [one] }));
      expect((await listed(lab)).map(idOf)).toEqual([two]);
    }),
  }),

  ...outputs(DELETE, {
    'Unsuccessful.Error.Message': async (lab) => {
      const unknown = 'vpce-nfn-00000000000000000';
      const command = new Delete({ ConnectionNotificationIds: [unknown] });
      const { Unsuccessful } = await vendor(lab).send(command);
      expect(Unsuccessful).toMatchObject([{ ResourceId: unknown }]);
    },
  }),
];

function topicArn(account: string, name = 'probe'): string {
  return `arn:aws:sns:us-east-1:${account}:${name}`;
}

/** A topic that AWS may publish to for its owner's services and endpoints. */
async function topic(lab: Lab, account: string, name = 'probe'): Promise<void> {
  const Statement = {
    Effect: 'Allow',
    Principal: { Service: 'vpce.amazonaws.com' },
    Action: 'SNS:Publish',
    Resource: topicArn(account, name),
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  const command = new CreateTopicCommand({ Name: name, Attributes: { Policy } });
  await lab.as(account).sns.send(command);
}

/** A notification of new connections, unless other events are named. */
async function create(lab: Lab, input: Partial<CreateInput>, account = VENDOR) {
  await topic(lab, account);
  const wanted = { ConnectionNotificationArn: topicArn(account), ConnectionEvents: ['Connect'] };
  return lab.as(account).ec2.send(new Create({ ...wanted, ...input }));
}

async function twoNotifications(lab: Lab): Promise<[string, string]> {
  const { id } = await offerService(lab);
  await create(lab, { ServiceId: id });
  await create(lab, { ServiceId: id });
  const [one = '', two = ''] = (await listed(lab)).map(idOf);
  return [one, two];
}

function modify(lab: Lab, id: string, change: Omit<ModifyInput, 'ConnectionNotificationId'>) {
  return vendor(lab).send(new Modify({ ConnectionNotificationId: id, ...change }));
}

async function listed(
  lab: Lab,
  input: DescribeInput = {},
  ec2: EC2Client = vendor(lab),
): Promise<ConnectionNotification[]> {
  return (await ec2.send(new Describe(input))).ConnectionNotificationSet ?? [];
}

function idOf({ ConnectionNotificationId = '' }: ConnectionNotification): string {
  return ConnectionNotificationId;
}
