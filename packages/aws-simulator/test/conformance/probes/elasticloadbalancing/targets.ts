// Targets: registering and deregistering them, and asking for their health.

import {
  DeregisterTargetsCommand as Deregister,
  DescribeTargetHealthCommand as Describe,
  type TargetDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Lab } from '../../../lab.ts';
import { each, effect, expect, outputs, type ProbeSet, probes, refused } from '../../probe.ts';
import { DESCRIBE_HEALTH, elb, firstGroup, newGroup, register, targetsNow } from './scenes.ts';

const REGISTER = 'elasticloadbalancing:RegisterTargets';
const DEREGISTER = 'elasticloadbalancing:DeregisterTargets';

const inside = '10.10.0.77';
const outside = { Id: '192.168.7.7', AvailabilityZone: 'all' };

export const targetProbes: ProbeSet = [
  ...probes(REGISTER, {
    ...each(
      ['TargetGroupArn', 'Targets.Id', 'Targets.Port'],
      effect(DESCRIBE_HEALTH, async (lab) => {
        const group = await newGroup(lab, { TargetType: 'ip' });
        await register(lab, group, { Id: inside, Port: 9000 });
        expect(await targetsNow(lab, group)).toEqual({ [`${inside}:9000`]: 'unused' });
      }),
    ),
    'Targets.AvailabilityZone': effect(DESCRIBE_HEALTH, async (lab) => {
      const group = await newGroup(lab, { TargetType: 'ip' });
      await register(lab, group, outside);
      const { TargetHealthDescriptions } = await health(lab, group);
      expect(TargetHealthDescriptions).toMatchObject([{ Target: outside }]);
    }),
    'Targets.QuicServerId': refused('QuicServerId', async (lab) => {
      const group = await newGroup(lab, { TargetType: 'ip' });
      return register(lab, group, { Id: inside, QuicServerId: '0x0123456789abcdef' });
    }),
  }),

  ...probes(DEREGISTER, {
    ...each(
      ['TargetGroupArn', 'Targets.Id', 'Targets.Port'],
      effect(DESCRIBE_HEALTH, async (lab) => {
        const group = await twoPorts(lab);
        await deregister(lab, group, { Id: inside, Port: 9000 });
        expect(await targetsNow(lab, group)).toEqual({
          [`${inside}:9000`]: 'draining',
          [`${inside}:9001`]: 'unused',
        });
      }),
    ),
    'Targets.AvailabilityZone': effect(DESCRIBE_HEALTH, async (lab) => {
      const group = await twoPorts(lab);
      await deregister(lab, group, { Id: inside, AvailabilityZone: 'all' });
      expect(Object.values(await targetsNow(lab, group))).toEqual(['unused', 'unused']);
    }),
    'Targets.QuicServerId': refused('QuicServerId', async (lab) =>
      deregister(lab, await twoPorts(lab), { Id: inside, QuicServerId: '0x0123456789abcdef' }),
    ),
  }),

  ...probes(DESCRIBE_HEALTH, {
    TargetGroupArn: effect(DESCRIBE_HEALTH, async (lab) => {
      expect(Object.values(await targetsNow(lab, await firstGroup(lab)))).toHaveLength(3);
      expect(await targetsNow(lab, await newGroup(lab))).toEqual({});
    }),
    ...each(
      ['Targets.Id', 'Targets.Port'],
      effect(DESCRIBE_HEALTH, async (lab) => {
        const group = await twoPorts(lab);
        const Target = { Id: inside, Port: 9001 };
        const { TargetHealthDescriptions } = await health(lab, group, Target);
        expect(TargetHealthDescriptions).toMatchObject([{ Target }]);
      }),
    ),
    'Targets.AvailabilityZone': effect(DESCRIBE_HEALTH, async (lab) => {
      const elsewhere = { Id: inside, Port: 9000, AvailabilityZone: 'all' };
      const { TargetHealthDescriptions } = await health(lab, await twoPorts(lab), elsewhere);
      const Reason = 'Target.NotRegistered';
      expect(TargetHealthDescriptions).toMatchObject([{ TargetHealth: { Reason } }]);
    }),
    'Targets.QuicServerId': refused('QuicServerId', async (lab) =>
      health(lab, await twoPorts(lab), { Id: inside, QuicServerId: '0x0123456789abcdef' }),
    ),
    Include: refused('Include', async (lab) =>
      elb(lab).send(new Describe({ TargetGroupArn: await newGroup(lab), Include: ['All'] })),
    ),
  }),

  ...outputs(DESCRIBE_HEALTH, {
    'TargetHealthDescriptions.AdministrativeOverride': async (lab) => {
      const { TargetHealthDescriptions } = await health(lab, await firstGroup(lab));
      const override = TargetHealthDescriptions?.[0]?.AdministrativeOverride;
      expect(override?.State).toBe('no_override');
    },
  }),
];

async function twoPorts(lab: Lab): Promise<string> {
  const group = await newGroup(lab, { TargetType: 'ip' });
  await register(lab, group, { Id: inside, Port: 9000 }, { Id: inside, Port: 9001 });
  return group;
}

function deregister(lab: Lab, TargetGroupArn: string, target: TargetDescription) {
  return elb(lab).send(new Deregister({ TargetGroupArn, Targets: [target] }));
}

function health(lab: Lab, TargetGroupArn: string, target?: TargetDescription) {
  const Targets = target ? { Targets: [target] } : {};
  return elb(lab).send(new Describe({ TargetGroupArn, ...Targets }));
}
