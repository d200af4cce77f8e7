// What was seen of a TXT value, and where: in its zone, by Route 53's API, and at the name servers
// that the public is sent to. It is evidence for people: nothing waits for it.

export interface Sighting {
  /** `zone Z…`, or a name server: `ns-1.example (192.0.2.1)`. */
  where: string;
  outcome: 'found' | 'missing' | 'unknown';
  /** The other values that are there under the name. */
  otherValues: string[];
  /** Why nothing is known. */
  problem: string | null;
  at: Date;
}

/** What one place has answered: its values, or why there is no answer. */
export interface Answer {
  where: string;
  values: string[] | null;
  problem: string | null;
}

/** Seldom enough that the looks of a thousand verified names are few. */
const lookEveryMs = { unverified: 15_000, verified: 3_600_000 } as const;

/** Values are other hands' and may be many; a few of them tell what is wrong. */
const shownMax = 5;

export function sightingOf(
  { where, values, problem }: Answer,
  expected: string,
  at: Date,
): Sighting {
  if (values === null) return { where, outcome: 'unknown', otherValues: [], problem, at };
  const otherValues = values.filter((value) => value !== expected).slice(0, shownMax);
  const outcome = values.includes(expected) ? 'found' : 'missing';
  return { where, outcome, otherValues, problem, at };
}

export function isLookDue(sightings: readonly Sighting[], verified: boolean, now: Date): boolean {
  const last = Math.max(0, ...sightings.map(({ at }) => at.getTime()));
  return now.getTime() - last >= lookEveryMs[verified ? 'verified' : 'unverified'];
}

/** `Seen in zone Z1; not in ns-1.example (192.0.2.1); no answer: …`, or nothing. */
export function sightingsInWords(sightings: readonly Sighting[]): string {
  const at = (outcome: Sighting['outcome']) =>
    sightings.filter((sighting) => sighting.outcome === outcome).map(({ where }) => where);
  const parts = [
    ['it is seen at', at('found')],
    ['it is not at', at('missing')],
    ['no answer from', at('unknown')],
  ] as const;
  const told = parts.flatMap(([words, places]) =>
    places.length === 0 ? [] : [`${words} ${places.join(', ')}`],
  );
  return told.length === 0 ? '' : `Of the record: ${told.join('; ')}.`;
}
