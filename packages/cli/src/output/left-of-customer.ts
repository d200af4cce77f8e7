// What is left of a customer on the vendor's services, for people: before it leaves, and after.

import type { Offboarding } from '@sallyport/sdk';
import { disarm } from './disarm.ts';

/** @param endpoints AWS's ids of them by those of connections, as far as they are known */
export function leftText(
  left: Offboarding,
  moment: 'before' | 'after',
  endpoints: ReadonlyMap<string, string>,
): string {
  const { services, next, drain_until: until } = left;
  const lines = services.flatMap((service) => [
    `${service.service_id ?? service.endpoint_service_id}:`,
    ...service.principals.map(({ arn, owned }) => {
      return `  principal ${arn}${owned ? '' : ' (made by hand, stays)'}`;
    }),
    ...service.connections.map(({ id, decision }) => {
      return `  connection ${endpoints.get(id) ?? id}, ${decision}`;
    }),
    ...service.steps.map((step) => `  step: ${step}`),
    ...service.held_up_by.map(({ by, action, command }) => {
      return `  held up by ${by}: ${action} ${command}`;
    }),
  ]);
  const drain = until === null ? [] : [`Connections drain until ${until}.`];
  const wait = next.waiting_for === null ? [] : [`Waits for: ${next.waiting_for}`];
  const empty =
    moment === 'before'
      ? 'It has nothing on any service.'
      : 'Nothing is left: no principal and no live connection, by what AWS showed last.';
  const shown =
    lines.length > 0 ? [...lines, ...drain, ...(moment === 'after' ? wait : [])] : [empty];
  return `${shown.map(disarm).join('\n')}\n`;
}
