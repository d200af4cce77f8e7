// Moving a resource from state to state, now or later. A later move is forgotten when another move
// comes first: an endpoint that is rejected while pending never becomes available.

import { type Filing, filing } from './collection.ts';
import type { Schedule } from './schedule.ts';

/** Only `move` and `moveLater` write it: an index by state has to hear of every move. */
export interface Stateful<S extends string> {
  readonly state: S;
  /** Counts moves, so that a planned one can see that it is no longer wanted. */
  readonly moves: number;
  [filing]?: Filing | undefined;
}

export function move<S extends string>(subject: Stateful<S>, to: S): void {
  countMove(subject);
  const edit = () => {
    (subject as { state: S }).state = to;
  };
  const keeper = subject[filing];
  if (keeper) keeper.change(subject, edit);
  else edit();
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
  countMove(subject);
  const planned = subject.moves;
  const happen = () => {
    if (subject.moves !== planned) return;
    move(subject, to);
    then();
  };
  if (afterMs <= 0) happen();
  else schedule.at(schedule.now() + afterMs, happen);
}

function countMove(subject: Stateful<string>): void {
  (subject as { moves: number }).moves += 1;
}
