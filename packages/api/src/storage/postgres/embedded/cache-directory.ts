// A directory for the copied PostgreSQL programs that no other user can write to.
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes or finds it: `/var/cache/sallyport` for root, whose home nobody else can enter,
 * `~/.cache/sallyport` for others, and a directory of this user below the temporary one when that
 * cannot be written.
 * @throws Error when none can be used, with the reason for each.
 */
export async function chooseCacheDirectory(): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  const preferred = uid === 0 ? '/var/cache' : join(homedir(), '.cache');
  const candidates = [join(preferred, 'sallyport'), join(tmpdir(), `sallyport-cache-${uid}`)];
  const reasons: string[] = [];
  for (const candidate of candidates) {
    const reason = await makePrivate(candidate, uid);
    if (reason === undefined) return candidate;
    reasons.push(`${candidate}: ${reason}`);
  }
  throw new Error(
    `No place for the programs of the embedded PostgreSQL (${reasons.join('; ')}). ` +
      'Make one of these directories writable for this user, or set DATABASE_URL.',
  );
}

/** Makes the directory; answers why it cannot be trusted, or nothing when it can. */
async function makePrivate(directory: string, uid: number): Promise<string | undefined> {
  try {
    const made = await mkdir(directory, { recursive: true, mode: 0o755 });
    if (made !== undefined) await chmod(directory, 0o755);
    // In a shared temporary directory somebody else may have made it first, or a link of that name.
    const found = await lstat(directory);
    if (!found.isDirectory()) return 'not a directory';
    if (found.uid !== uid) return `belongs to user ${found.uid}`;
    return (found.mode & 0o022) === 0 ? undefined : 'others can write to it';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
