// docs/connection-states.md, from the table of the domain: what is done in which state.

import {
  connectionStates,
  connectionSteps,
  decisions,
} from '../../packages/api/src/domain/connection.ts';
import type { Generator } from './generation.ts';

export const generator: Generator = {
  name: 'states page',
  outputs: async () => new Map([['docs/connection-states.md', statesPage()]]),
};

const head = `<!-- Written by \`pnpm generate\` from packages/api/src/domain/connection.ts. -->
# Connection states

AWS moves a connection \`pendingAcceptance\` → \`pending\` → \`available\`, and either side can
end it from any of them. \`rejected\`, \`deleted\`, \`failed\` and \`expired\` never come back: the
customer makes a new endpoint. A state that Sallyport does not know is told as \`unknown\`, and
waited for.

What a worker does next, by the state that AWS shows and by what was decided:`;

/** The page, with a row for each state and a column for each decision. */
export function statesPage(): string {
  const rows = connectionStates.map((state) => {
    const cells = decisions.map((decision) => connectionSteps[decision][state]);
    return `| \`${state}\` | ${cells.join(' | ')} |`;
  });
  const header = [
    `| state | ${decisions.join(' | ')} |`,
    `|---|${'---|'.repeat(decisions.length)}`,
  ];
  return `${head}\n\n${[...header, ...rows].join('\n')}\n`;
}
