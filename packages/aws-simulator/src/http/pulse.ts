// Brings the world to the present while calls wait in it. Everything else happens before the next
// call is answered; a long poll is a call that is not answered yet, and perhaps the only one. The
// timer runs only while somebody waits, and a clock that stands still costs a look now and then.

import type { World } from '../world/world.ts';

const BEAT_MS = 25;

/** @param settle brings the world to the present. */
export function keepPulse({ waits, schedule }: World, settle: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  waits.watch((somebody) => {
    clearInterval(timer);
    if (!somebody) return;
    timer = setInterval(() => {
      settle();
      waits.endDue(schedule.now());
    }, BEAT_MS);
  });
}
