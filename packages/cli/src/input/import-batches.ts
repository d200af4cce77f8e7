// The rows of an import in parts that one request may hold, and the way back from a row of a part
// to its place in the whole.

export const importSections = ['customers', 'accounts', 'grants', 'connections'] as const;

export type ImportBody = Record<string, unknown>;

export interface ImportRow {
  section: string;
  /** Its place in its section of the whole. */
  index: number;
  member: Record<string, unknown>;
}

export interface ImportBatch {
  body: ImportBody;
  rows: readonly ImportRow[];
  /** Where a row of the whole stands in it. */
  indexOf(section: string, index: number): number;
}

export function rowCount(body: ImportBody): number {
  return rowsOf(body).length;
}

/**
 * All rows about one customer stay together and in the order of the sections, so that a row finds
 * what it names, also where nothing is kept. Only a customer with more rows than `size` is split.
 */
export function importBatches(body: ImportBody, size: number): ImportBatch[] {
  const ofCustomers = new Map<unknown, ImportRow[]>();
  for (const row of rowsOf(body)) {
    const customer = row.member['external_id'] ?? row.member['customer_id'];
    const rows = ofCustomers.get(customer) ?? [];
    rows.push(row);
    ofCustomers.set(customer, rows);
  }
  const batches: ImportRow[][] = [];
  for (const rows of ofCustomers.values()) {
    for (let at = 0; at < rows.length; at += size) {
      const part = rows.slice(at, at + size);
      const last = batches.at(-1);
      if (last && last.length + part.length <= size) last.push(...part);
      else batches.push(part);
    }
  }
  return batches.map((rows) => batchOf(body, rows));
}

function rowsOf(body: ImportBody): ImportRow[] {
  return importSections.flatMap((section) => {
    const members = (body[section] ?? []) as Record<string, unknown>[];
    return members.map((member, index) => ({ section, index, member }));
  });
}

function batchOf(whole: ImportBody, rows: readonly ImportRow[]): ImportBatch {
  const body = { ...whole };
  const places = new Map<string, ImportRow[]>();
  for (const section of importSections) {
    const own = rows.filter((row) => row.section === section);
    places.set(section, own);
    if (own.length > 0) body[section] = own.map(({ member }) => member);
    else delete body[section];
  }
  return { body, rows, indexOf: (section, index) => places.get(section)![index]!.index };
}
