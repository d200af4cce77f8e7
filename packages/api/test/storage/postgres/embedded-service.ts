// A stand-in for the service, run as a process of its own: it owns an embedded server until
// SIGTERM. It speaks over Node's process channel: first one StartMessage, then an answer for each
// SQL text.
//
//   fork('embedded-service.ts', [DATA_DIRECTORY, UID?, GID?])
import { openDatabase } from '../../../src/storage/postgres/database.ts';
import { startEmbeddedPostgres } from '../../../src/storage/postgres/embedded-postgres.ts';

/** How the start went: without an `error` the server runs. */
export interface StartMessage {
  error?: string;
  connectionString?: string;
  tookMs: number;
}

export interface AnswerMessage {
  error?: string;
  rows?: Record<string, unknown>[];
}

const [dataDirectory = '', uid, gid] = process.argv.slice(2);
if (uid !== undefined) becomeUser(Number(uid), Number(gid));
const before = performance.now();
try {
  const server = await startEmbeddedPostgres({ dataDirectory });
  serve(server.connectionString, () => server.stop());
  const tookMs = performance.now() - before;
  tell({ connectionString: server.connectionString, tookMs });
} catch (error) {
  tell({ error: messageOf(error), tookMs: performance.now() - before });
}

/** Only now, with every module loaded: the new user may not be able to read them. */
function becomeUser(newUid: number, newGid: number): void {
  process.setgroups?.([newGid]);
  process.setgid?.(newGid);
  process.setuid?.(newUid);
}

function serve(connectionString: string, stop: () => Promise<void>): void {
  const db = openDatabase({ connectionString });
  process.on('message', (text) => {
    db.query<Record<string, unknown>>(String(text)).then(
      (rows) => tell({ rows }),
      (error: unknown) => tell({ error: messageOf(error) }),
    );
  });
  process.once('SIGTERM', () => {
    void db
      .close()
      .then(stop)
      .then(() => process.disconnect());
  });
}

function tell(message: StartMessage | AnswerMessage): void {
  process.send?.(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
