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

export const proofMethods = ['signature', 'web_identity_token', 'role'] as const;
/**
 * `signature`: a signed `sts:GetCallerIdentity` · `web_identity_token`: a token of
 * `sts:GetWebIdentityToken` · `role`: a role that trusts us, by which we look ourselves.
 */
export type ProofMethod = (typeof proofMethods)[number];

/** Why an account could not be proven anew by its role, and who can change that. */
export interface RenewalTrouble {
  renewalProblem: string | null;
  renewalProblemSince: Date | null;
  renewalActor: 'customer' | 'vendor' | 'aws' | null;
}

export interface Account extends RenewalTrouble {
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
  /** How it was proven last; null when it never was. */
  proofMethod: ProofMethod | null;
  /** The role that proves it again by itself, after its path; null for other methods. */
  proofRole: string | null;
  /** When a worker proves it again by that role; null where that is nobody's work. */
  renewAt: Date | null;
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

/**
 * When a proof by a role is to be renewed: in its last third, or its last two weeks, so that there
 * is time to mend what stands in the way. Never while it does not lapse.
 */
export function renewsAt(provenAt: Date, lapsesAt: Date | null): Date | null {
  if (lapsesAt === null) return null;
  const third = (lapsesAt.getTime() - provenAt.getTime()) / 3;
  return new Date(lapsesAt.getTime() - Math.min(third, lapseNoticeDays * dayMs));
}

/** Whether a worker proves it again by a role; not what people have decided about since. */
export function renewsByItself(account: Pick<Account, 'standing' | 'proofMethod'>): boolean {
  const { standing, proofMethod } = account;
  return proofMethod === 'role' && (standing === 'proven' || standing === 'lapsed');
}

/** An account that nobody has proven yet. */
export const neverProven = {
  provenBy: null,
  proofMethod: null,
  proofRole: null,
  renewAt: null,
  renewalProblem: null,
  renewalProblemSince: null,
  renewalActor: null,
} as const;

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
