// What must hold once the trouble has ended and time has passed: what is wanted is there, what is
// not wanted is gone, and nothing is changed any more.

import {
  isManaged,
  ownerStands,
  ownerStays,
  wantedArns,
  type Facts,
  type PrincipalFacts,
  type ServiceFacts,
} from '../facts.ts';
import type { Scene } from '../scene.ts';
import { isGranted, isOpen } from './connections.ts';

export interface Rest {
  scene: Scene;
  facts: Facts;
  /** Changes that were still asked of AWS at rest. */
  changes: string[];
}

export interface RestInvariant {
  name: string;
  sentence: string;
  broken: (rest: Rest) => string[];
}

export const restInvariants: RestInvariant[] = [
  {
    name: 'rest-is-quiet',
    sentence: 'A run for which nothing has changed changes nothing.',
    broken: ({ changes }) => changes,
  },
  {
    name: 'wanted-is-let-in',
    sentence: 'At rest, a managed allowlist has whoever is wanted, but for what others keep away.',
    broken: ({ scene, facts }) =>
      managed(facts, 'principals')
        .filter((service) => !hasRefused(scene, facts, service))
        .flatMap((service) => missing(scene, facts, service)),
  },
  {
    name: 'refused-holds-up-nobody',
    sentence: 'At rest, everybody else is let in where AWS refuses somebody.',
    broken: ({ scene, facts }) =>
      managed(facts, 'principals')
        .filter((service) => hasRefused(scene, facts, service))
        .flatMap((service) => missing(scene, facts, service))
        .filter((arn) => isKnown(scene, arn)),
  },
  {
    name: 'unwanted-is-gone',
    sentence: 'At rest, nothing of ours that nobody wants is on a managed allowlist.',
    broken: ({ scene, facts }) =>
      managed(facts, 'principals').flatMap((service) => {
        const there = scene.stage.glance.allowlist(service.serviceId);
        const wanted = wantedArns(facts, service.id);
        return facts.principals
          .filter(({ serviceId, owned }) => serviceId === service.id && owned)
          .filter(({ arn }) => there.includes(arn) && !wanted.has(arn))
          .map(({ arn }) => arn);
      }),
  },
  {
    name: 'decided-is-done',
    sentence: 'At rest, what was accepted is available, and what was rejected is not open.',
    broken: ({ scene, facts }) =>
      managed(facts, 'acceptance').flatMap((service) =>
        facts.connections
          .filter(({ serviceId }) => serviceId === service.id)
          .filter(({ vpcEndpointId, decision }) => {
            const state = scene.stage.glance.state(vpcEndpointId);
            if (decision === 'reject') return isOpen(state) || state === 'pendingAcceptance';
            return decision === 'accept' && state === 'pendingAcceptance';
          })
          .map(({ vpcEndpointId, decision }) => `${decision} ${vpcEndpointId}`),
      ),
  },
  {
    name: 'policy-is-carried-out',
    sentence: 'At rest, no connection waits that its grant accepts.',
    broken: ({ scene, facts }) =>
      managed(facts, 'acceptance').flatMap((service) =>
        scene.endpoints.filter((endpoint) => {
          const found = facts.connections.find(({ vpcEndpointId }) => vpcEndpointId === endpoint);
          const waits = scene.stage.glance.state(endpoint) === 'pendingAcceptance';
          const own = waits && found?.serviceId === service.id;
          return own && ownerStands(facts, found.owner) && isGranted(facts, found, facts.at);
        }),
      ),
  },
  {
    name: 'nobody-stays-without-standing',
    sentence: 'At rest, no account without standing is connected by our doing.',
    broken: ({ scene, facts }) =>
      managed(facts, 'acceptance').flatMap((service) =>
        facts.connections
          .filter(({ serviceId, decision }) => serviceId === service.id && decision === 'undecided')
          .filter(({ vpcEndpointId }) => isAccepted(facts, vpcEndpointId))
          .filter(({ vpcEndpointId }) => !scene.atHome.has(vpcEndpointId))
          .filter(({ vpcEndpointId, owner }) => {
            return !ownerStays(facts, owner) && isOpen(scene.stage.glance.state(vpcEndpointId));
          })
          .map(({ vpcEndpointId }) => vpcEndpointId),
      ),
  },
  {
    name: 'name-is-verified',
    sentence: 'At rest, a private DNS name that is wanted is verified, unless others changed it.',
    broken: ({ scene, facts }) =>
      managed(facts, 'privateDns')
        .filter(({ serviceId }) => !scene.namedByHand.has(serviceId))
        .flatMap(({ serviceId, dnsName }) => {
          const shown = scene.stage.glance.privateDns(serviceId);
          if (dnsName === null) return shown ? [`${shown.name} is not wanted`] : [];
          const right = shown?.name === dnsName && shown.state === 'verified';
          return right ? [] : [`${dnsName}: ${shown?.name} ${shown?.state}`];
        }),
  },
  {
    name: 'leaving-ends',
    sentence: 'At rest, whoever leaves has left, unless something of others is in the way.',
    broken: ({ scene, facts }) =>
      facts.services.some((service) => !service.retired && isInTheWay(service))
        ? []
        : scene.tenants
            .filter(({ accountId }) => !isHeldByHand(scene, accountId))
            .filter(({ customer }) => {
              const found = facts.customers.find(({ id }) => id === customer.id);
              return found?.state === 'offboarding';
            })
            .map(({ accountId }) => accountId),
  },
  {
    name: 'intents-are-concluded',
    sentence: 'At rest, the outcome of every intent is known, or known to be unknown.',
    broken: ({ facts }) => facts.effects.filter(({ open }) => open).map(({ action }) => action),
  },
  {
    name: 'nothing-keeps-failing',
    sentence: 'At rest, no target fails.',
    broken: ({ facts }) =>
      facts.targets.filter(({ failures }) => failures > 0).map(({ kind, key }) => `${kind} ${key}`),
  },
];

type Present = ServiceFacts & { serviceId: string };

function managed(facts: Facts, aspect: keyof ServiceFacts['modes']): Present[] {
  const there = facts.services.filter(({ retiring }) => !retiring);
  return there.filter(
    (service): service is Present => service.serviceId !== null && isManaged(service, aspect),
  );
}

function hasRefused(scene: Scene, facts: Facts, { id }: Present): boolean {
  return [...wantedArns(facts, id, 'to enter')].some((arn) => !isKnown(scene, arn));
}

/** AWS refuses roles that there are not. */
function isKnown({ stage }: Scene, arn: string): boolean {
  const [, accountId = '', role] = /^arn:aws:iam::(\d{12}):(?:role\/(.+)|root)$/.exec(arn) ?? [];
  return role === undefined || stage.simulator.world.accounts.get(accountId)!.roles.has(role);
}

/** Who is wanted and not there, though others do not keep it away. */
function missing(scene: Scene, facts: Facts, service: Present): string[] {
  // A database from before may have a service that was retired since, which is told as ended.
  const shown = scene.stage.simulator.world.endpointServices.get(service.serviceId);
  if (shown?.state !== 'Available') return [];
  const there = scene.stage.glance.allowlist(service.serviceId);
  const kept = facts.principals
    .filter(({ serviceId, observed }) => serviceId === service.id && !observed)
    .filter((entry) => entry.released || isHeld(entry, service))
    .map(({ arn }) => arn);
  return [...wantedArns(facts, service.id, 'to enter')].filter(
    (arn) => !there.includes(arn) && !kept.includes(arn),
  );
}

/** Others took it away, and nobody has said yet that it may be put back. */
function isHeld(
  { owned, confirmed, withdrawn, restore }: PrincipalFacts,
  { onExternalRemoval }: ServiceFacts,
): boolean {
  return owned && confirmed && !withdrawn && !restore && onExternalRemoval === 'hold';
}

/** As far as this database knows: one from before knows nothing of what it has let in since. */
function isAccepted({ effects }: Facts, vpcEndpointId: string): boolean {
  return effects.some(({ action, outcome, request }) => {
    const sent = action === 'accept_connections' && outcome !== 'refused';
    return sent && (request['vpcEndpointIds'] as string[]).includes(vpcEndpointId);
  });
}

function isInTheWay(service: ServiceFacts): boolean {
  return !isManaged(service, 'principals') || !isManaged(service, 'acceptance');
}

function isHeldByHand({ handMade }: Scene, accountId: string): boolean {
  return [...handMade.values()].some((arns) =>
    [...arns].some((arn) => arn.includes(`::${accountId}:`)),
  );
}
