// Reading the log of calls.

import { AdminError, type Route } from './route.ts';

export const callRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'calls',
    about: 'Every call: who, what, outcome, tokens left. ?since=N gives those after number N.',
    answer: ({ simulation: { calls } }, { query }) => {
      const since = query.get('since') ?? '0';
      if (!/^\d{1,15}$/.test(since)) {
        throw new AdminError(400, `since must be the number of a call, not '${since}'`);
      }
      return { calls: calls.since(Number(since)), last: calls.last() };
    },
  },
  {
    method: 'GET',
    path: 'calls/summary',
    about: 'How many calls, how many of them mutating, counts per action.',
    answer: ({ simulation: { calls } }) => calls.summary(),
  },
];
