// Where the socket of the embedded server is, and how to name it in a connection string.
//
// A Unix socket and not a port: the kernel says who connects, so there is no password to keep, no
// port to collide, and nothing another user of the machine could try.
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerUser } from './server-user.ts';

export interface SocketDirectory {
  path: string;
  /** What the server is told: its own data directory is `.`, which is always short enough. */
  serverPath: string;
  remove(): Promise<void>;
}

/**
 * sun_path of a Unix address has 108 bytes on Linux and 104 on macOS, one of them the final zero.
 */
const socketPathMaxBytes = process.platform === 'linux' ? 107 : 103;
const socketName = '.s.PGSQL.5432';

/** The data directory itself or, when that path is too long, a new private temporary directory. */
export async function chooseSocketDirectory(
  directory: string,
  user: ServerUser,
): Promise<SocketDirectory> {
  if (Buffer.byteLength(join(directory, socketName)) <= socketPathMaxBytes) {
    return { path: directory, serverPath: '.', remove: async () => {} };
  }
  const path = await mkdtemp(join(tmpdir(), 'sallyport-socket-'));
  if (user.spawnAs) await chown(path, user.spawnAs.uid, user.spawnAs.gid);
  return {
    path,
    serverPath: path,
    remove: () => rm(path, { recursive: true, force: true }).catch(() => {}),
  };
}

/** `postgresql://role@%2Fpath/database`, which libpq understands as well. */
export function connectionStringOf(socket: SocketDirectory, role: string): string {
  return `postgresql://${role}@${encodeURIComponent(socket.path)}/${role}`;
}
