// Moving a resource from state to state, now or later. A later move is forgotten when another move
// comes first: an endpoint that is rejected while pending never becomes available.

import type { Schedule } from './schedule.ts';

export interface Stateful<S extends string> {
  state: S;
  /** Counts moves, so that a planned one can see that it is no longer wanted. */
  moves: number;
}

export function move<S extends string>(subject: Stateful<S>, to: S): void {
  subject.moves += 1;
  subject.state = to;
}

/**
 * Plans a move.
 * @param afterMs 0 moves at once.
 * @param then what else happens at that moment.
 */
export function moveLater<S extends string>(
  schedule: Schedule,
  subject: Stateful<S>,
  to: S,
  afterMs: number,
  then: () => void = () => undefined,
): void {
  subject.moves += 1;
  const planned = subject.moves;
  const happen = () => {
    if (subject.moves !== planned) return;
    move(subject, to);
    then();
  };
  if (afterMs <= 0) happen();
  else schedule.at(schedule.now() + afterMs, happen);
}
