// Tells an outage below us, after which the same request may well succeed, from a defect of ours.

/**
 * SQLSTATE classes and codes (PostgreSQL manual, appendix A) that pass by themselves: 08
 * connection, 53 resources, 57P01-57P05 shutdown and start, 57014 a statement over its time, 40001
 * and 40P01 lost races, 55P03 a lock not had in time, 25006 a standby, 25P03 a transaction idle for
 * too long.
 */
const sqlStates = /^(08...|53...|57P0[1-5]|57014|40001|40P01|55P03|25006|25P03)$/;

/** Of sockets and name resolution (libuv). */
const socketCodes = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

const causesMax = 5;

/** Whether the error, or one that caused it, says that something we depend on is away. */
export function isOutage(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < causesMax && current instanceof Error; depth++) {
    const { name, code } = current as Error & { code?: unknown };
    // By name, because this folder does not import storage, which throws it.
    if (name === 'DatabaseUnavailableError') return true;
    if (typeof code === 'string' && (sqlStates.test(code) || socketCodes.has(code))) return true;
    current = current.cause;
  }
  return false;
}
