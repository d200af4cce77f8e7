// Times and durations for people. JSON keeps the API's own.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** To the end of the text: `Date.parse` overlooks what stands in brackets behind a time. */
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The milliseconds of an RFC 3339 time, or undefined for any other value. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !RFC_3339.test(value)) return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}

/** `3m ago`, `in 2d`; a date where it is long ago. */
export function relativeTime(atMs: number, nowMs: number): string {
  const distance = Math.abs(nowMs - atMs);
  if (distance >= 60 * DAY) return new Date(atMs).toISOString().slice(0, 10);
  const text = roughly(distance);
  return atMs > nowMs ? `in ${text}` : `${text} ago`;
}

/** `12s`, `3m05s`, `2h10m`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / SECOND);
  if (seconds < 60) return `${seconds}s`;
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes < 60) return rest === 0 ? `${minutes}m` : `${minutes}m${padded(rest)}s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours}h` : `${hours}h${padded(minutes % 60)}m`;
}

function roughly(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)}s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m`;
  return ms < 2 * DAY ? `${Math.floor(ms / HOUR)}h` : `${Math.floor(ms / DAY)}d`;
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
