// Which operating system user the embedded server runs as: PostgreSQL refuses to run as root.
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';

export interface ServerUser {
  /** What to hand to `spawn`, or nothing when the server runs as the user of this process. */
  spawnAs: { uid: number; gid: number } | undefined;
  /** The name of the user that runs this process: the one the server lets in over its socket. */
  serviceName: string;
}

/**
 * Decides it. Not as root: this process's own user. As root: the owner of an existing `directory`,
 * else the first of the users `sallyport`, `postgres` and `nobody`.
 * @throws Error when the user has no name, or root finds no such user or is not on Linux.
 */
export async function chooseServerUser(directory: string): Promise<ServerUser> {
  const serviceName = ownName();
  if (process.getuid?.() !== 0) return { spawnAs: undefined, serviceName };
  if (process.platform !== 'linux') {
    throw new Error(
      'PostgreSQL does not run as root, and becoming another user is supported on Linux only: ' +
        'start as a normal user, or set DATABASE_URL.',
    );
  }
  const owner = await stat(directory).catch(() => undefined);
  if (owner && owner.uid !== 0) {
    return { spawnAs: { uid: owner.uid, gid: owner.gid }, serviceName };
  }
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  const spawnAs = preferredNames.map((name) => accounts.get(name)).find((ids) => ids !== undefined);
  if (spawnAs !== undefined) return { spawnAs, serviceName };
  throw new Error(
    `PostgreSQL does not run as root, and there is no user ${preferredNames.join(', ')}: ` +
      'make one, start as another user, or set DATABASE_URL.',
  );
}

const preferredNames = ['sallyport', 'postgres', 'nobody'];

function ownName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    // initdb and the check of who connects both look the name up, and fail without saying what to
    // do.
    throw new Error(
      `User ${process.getuid?.()} has no entry in /etc/passwd, which the embedded PostgreSQL ` +
        'needs: start as a user with a name, or set DATABASE_URL.',
      { cause: error },
    );
  }
}

function parsePasswd(text: string): Map<string, { uid: number; gid: number }> {
  const fields = text.split('\n').map((line) => line.split(':'));
  return new Map(
    fields.map(([name = '', , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
}
