// Credentials of assumed roles: one session per role for all clients, renewed before it ends.

import type { STS } from '@aws-sdk/client-sts';

import { unexpectedAnswer } from './errors.ts';

export interface Role {
  roleArn: string;
  externalId: string | null;
}

export interface RoleSession {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

export interface RoleSessions {
  /** The session of the role; callers that come while it is being assumed share that one call. */
  current(role: Role): Promise<RoleSession>;
  /** Drops a session that AWS no longer takes, so that the next call assumes the role again. */
  forget(role: Role): void;
}

/** Shows in CloudTrail and in ARNs: `arn:aws:sts::A:assumed-role/ROLE/sallyport`. */
const sessionName = 'sallyport';

/** The SDK counts credentials as expired this long before they are; so must we. */
const renewBeforeMs = 300_000;

interface Slot {
  session: Promise<RoleSession>;
  freshUntilMs: number;
}

export function createRoleSessions(options: {
  sts: () => Promise<Pick<STS, 'assumeRole'>>;
  now: () => Date;
}): RoleSessions {
  const slots = new Map<string, Slot>();

  function start(key: string, role: Role): Slot {
    const slot: Slot = { session: assume(options.sts, role), freshUntilMs: Infinity };
    slots.set(key, slot);
    slot.session.then(
      ({ expiration }) => (slot.freshUntilMs = expiration.getTime() - renewBeforeMs),
      () => {
        if (slots.get(key) === slot) slots.delete(key);
      },
    );
    return slot;
  }

  return {
    current: (role) => {
      const key = keyOf(role);
      const known = slots.get(key);
      const fresh = known && options.now().getTime() < known.freshUntilMs;
      return (fresh ? known : start(key, role)).session;
    },
    forget: (role) => void slots.delete(keyOf(role)),
  };
}

function keyOf({ roleArn, externalId }: Role): string {
  return JSON.stringify([roleArn, externalId]);
}

async function assume(
  sts: () => Promise<Pick<STS, 'assumeRole'>>,
  { roleArn, externalId }: Role,
): Promise<RoleSession> {
  const client = await sts();
  const { Credentials: credentials } = await client.assumeRole({
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    ...(externalId === null ? {} : { ExternalId: externalId }),
  });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw unexpectedAnswer('AssumeRole', 'has no credentials');
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}
