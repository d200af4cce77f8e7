// What an operation that will go one day says of itself with each answer: since when nobody should
// begin to use it (RFC 9745), when it ends (RFC 8594), and what to read about it.

/** The extension `x-deprecation` of an operation, which the decorator of its method gives. */
export interface Deprecation {
  /** The day, as `2027-01-31`. */
  since: string;
  /** The day from which on it may be gone. */
  sunset?: string;
  /** A page that says what to use instead. */
  link?: string;
}

/** @throws Error at start, when a day is none */
export function deprecationHeaders({ since, sunset, link }: Deprecation): Record<string, string> {
  return {
    deprecation: `@${dayOf(since).getTime() / 1_000}`,
    ...(sunset && { sunset: dayOf(sunset).toUTCString() }),
    ...(link && { link: `<${link}>; rel="deprecation"; type="text/html"` }),
  };
}

function dayOf(text: string): Date {
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(day.getTime())) {
    throw new Error(`x-deprecation: "${text}" is no day such as 2027-01-31.`);
  }
  return day;
}
