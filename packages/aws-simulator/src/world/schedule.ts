// What will happen later: events with a due time, kept in order. There are no timers. Before
// anything looks at the world, whatever is due is run, each event at its own moment, so the answer
// is the same whether nobody asked for a second or for a week.

export interface Schedule {
  /** The moment the world stands at, in milliseconds since 1970. */
  now(): number;
  /** Runs `event` when the world reaches `due`; events due together run in the order they came. */
  at(due: number, event: () => void): void;
  /**
   * Brings the world to `now`. Going back in time changes nothing.
   * @param happened told of each event's moment, after it.
   */
  settle(now: number, happened?: (at: number) => void): void;
  /** When the next event is due, or undefined. */
  nextDue(): number | undefined;
}

interface Entry {
  readonly due: number;
  readonly order: number;
  readonly event: () => void;
}

export function createSchedule(start: number): Schedule {
  const heap: Entry[] = [];
  let current = start;
  let order = 0;
  return {
    now: () => current,
    at: (due, event) => {
      order += 1;
      push(heap, { due, order, event });
    },
    settle: (now, happened) => {
      for (let next = heap[0]; next && next.due <= now; next = heap[0]) {
        pop(heap);
        current = Math.max(current, next.due);
        next.event();
        happened?.(current);
      }
      current = Math.max(current, now);
    },
    nextDue: () => heap[0]?.due,
  };
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.push(entry) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!before(heap, index, parent)) return;
    swap(heap, index, parent);
    index = parent;
  }
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  heap[0] = last;
  let index = 0;
  for (;;) {
    const left = index * 2 + 1;
    let first = index;
    if (before(heap, left, first)) first = left;
    if (before(heap, left + 1, first)) first = left + 1;
    if (first === index) return;
    swap(heap, index, first);
    index = first;
  }
}

function before(heap: Entry[], a: number, b: number): boolean {
  const [x, y] = [heap[a], heap[b]];
  if (!x || !y) return false;
  return x.due < y.due || (x.due === y.due && x.order < y.order);
}

function swap(heap: Entry[], a: number, b: number): void {
  const [x, y] = [heap[a], heap[b]];
  if (!x || !y) return;
  heap[a] = y;
  heap[b] = x;
}
