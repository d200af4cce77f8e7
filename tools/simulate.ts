// `pnpm simulate`: plays random histories of the service against the simulated AWS, on a PostgreSQL
// of its own, and checks the invariants after every event. A failing seed can be played alone:
//
//   pnpm simulate --histories 100 --seed 1
//   pnpm simulate --histories 1 --seed 4711 --events 50 --verbose

import { readFlags, wholeNumber } from './flags.ts';

const values = readFlags({
  usage: [
    'Usage: pnpm simulate [--histories 20] [--seed N] [--events 50] [--verbose]',
    '',
    '  --histories  how many to play, of the seeds N, N+1, …',
    '  --seed       the first seed; without it, one by the clock',
    '  --events     how long each is',
    '  --verbose    tell each history, not only one that breaks an invariant',
  ].join('\n'),
  options: {
    histories: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    events: { type: 'string', default: '50' },
    verbose: { type: 'boolean', default: false },
  },
});
const wanted = {
  histories: wholeNumber('--histories', values.histories),
  first: wholeNumber('--seed', values.seed),
  events: wholeNumber('--events', values.events),
  verbose: values.verbose,
};
// Only now, as help does not need the whole service.
const { simulate } = await import('./simulate/run.ts');
process.exitCode = (await simulate(wanted)) ? 0 : 1;
