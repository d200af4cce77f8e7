// Two clocks. The wall clock is what clients sign by. The world's clock is what everything happens
// by: it runs beside the wall clock until it is moved ahead or stopped. Clients without a way to
// correct their clock (botocore) can therefore still sign while the world is a week ahead.

export interface Clock {
  /** The world's time. */
  now(): Date;
  wall(): Date;
  /** Milliseconds by which the world is ahead of the wall clock. */
  ahead(): number;
  stopped(): boolean;
  /** @param ms zero or more. */
  advance(ms: number): void;
  /** Lets the world's time stand still, so that only `advance` moves it. */
  stop(): void;
  /** Lets the world's time run on from where it stands. */
  run(): void;
}

export function createClock(wall: () => Date): Clock {
  let offset = 0;
  let stoppedAt: number | undefined;
  const now = () => stoppedAt ?? wall().getTime() + offset;
  return {
    now: () => new Date(now()),
    wall,
    ahead: () => now() - wall().getTime(),
    stopped: () => stoppedAt !== undefined,
    advance: (ms) => {
      if (stoppedAt === undefined) offset += ms;
      else stoppedAt += ms;
    },
    stop: () => {
      stoppedAt = now();
    },
    run: () => {
      offset = now() - wall().getTime();
      stoppedAt = undefined;
    },
  };
}
