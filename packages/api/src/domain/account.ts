// A customer's AWS account and its standing: whether, and how, we know that the customer owns it.

const dayMs = 86_400_000;

export const standings = [
  'claimed',
  'proven',
  'attested',
  'imported',
  'disputed',
  'lapsed',
] as const;
/**
 * How we know that an account is its customer's. `proven`: by a signed proof · `attested`: an
 * operator vouches for it · `imported`: it was so when Sallyport came · `claimed`: nobody has
 * shown it yet · `disputed`: another customer has proven it · `lapsed`: its proof is too old to
 * let anything new in.
 */
export type Standing = (typeof standings)[number];

/** The partition of AWS: the commercial one, China's, or the one of the US government. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov';

export interface Account {
  id: string;
  customerId: string;
  accountId: string;
  partition: Partition;
  standing: Standing;
  standingSince: Date;
  /** The identity that signed the last accepted proof. */
  provenBy: string | null;
  /** When its proof is too old to let anything new in; null for what does not lapse by itself. */
  lapsesAt: Date | null;
  attestedReason: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/**
 * Standing that admits: its principals are wanted and new connections may be accepted.
 * `claimed` and `disputed` say nothing about ownership; `lapsed` keeps what is there but admits
 * nothing new (invariant 9): for that, see `owns`.
 */
export function admits(standing: Standing): boolean {
  return standing === 'proven' || standing === 'attested' || standing === 'imported';
}

/** When a proof of this moment lapses; never when no lifetime is given. */
export function lapsesAfter(provenAt: Date, lifetimeDays: number | null): Date | null {
  return lifetimeDays === null ? null : new Date(provenAt.getTime() + lifetimeDays * dayMs);
}

/** How long before it lapses whoever was proven before there was a lifetime gets to know of it. */
export const lapseNoticeDays = 14;

/** When a proof lapses that was given before proofs had a lifetime: in time for a new one. */
export function lapsesWithNotice(provenAt: Date, lifetimeDays: number, now: Date): Date {
  const notice = now.getTime() + Math.min(lapseNoticeDays, lifetimeDays) * dayMs;
  return new Date(Math.max(provenAt.getTime() + lifetimeDays * dayMs, notice));
}

/** Standing under which an account counts as owned, so that nobody else can prove it. */
export function owns(standing: Standing): boolean {
  return admits(standing) || standing === 'lapsed';
}
