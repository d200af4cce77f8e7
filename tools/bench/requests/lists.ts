// Lists of a table that grows from a thousand rows to a million: pages of fifty connections, read
// one after the other. Each customer has a hundred of them, whatever the size. By turns with each
// list one customer is read by its id: how much longer a list takes than that does not change when
// the machine gets slower while the table grows.

import { encodeCursor } from '../../../packages/api/src/http/input/cursor.ts';
import { median, type Figure } from '../figure.ts';
import type { RequestScene } from './scene.ts';

const sizes = [1_000, 10_000, 100_000, 1_000_000];
const connectionsOfCustomer = 100;
const turns = 7;
const turnMs = 400;
const control = '/v1/customers/quiet';

interface Took {
  /** In milliseconds. */
  list: number;
  /** How often as long as the GET at the same time. */
  longer: number;
}

type List = { name: string; key: 'operatorKey' | 'customerKey'; query: (size: number) => string };

const lists: List[] = [
  { name: 'first page', key: 'operatorKey', query: () => '' },
  { name: 'a page in the middle', key: 'operatorKey', query: (size) => `&cursor=${middle(size)}` },
  { name: 'of one customer', key: 'operatorKey', query: () => '&customer_id=quiet' },
  { name: 'by a customer itself', key: 'customerKey', query: () => '' },
];

export async function listFigures(scene: RequestScene): Promise<Figure[]> {
  const times = new Map(lists.map((list) => [list, [] as Took[]]));
  for (const [index, size] of sizes.entries()) {
    await grow(scene, sizes[index - 1] ?? 0, size);
    for (const list of lists) times.get(list)!.push(await measured(scene, list, size));
  }
  return lists.map((list) => listFigure(list, times.get(list)!));
}

async function measured(scene: RequestScene, list: List, size: number): Promise<Took> {
  const path = `/v1/connections?limit=50${list.query(size)}`;
  const load = { key: scene[list.key], connections: 1, ms: turnMs };
  await scene.load({ ...load, path });
  const took: number[] = [];
  const longer: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const { p50 } = await scene.load({ ...load, path });
    took.push(p50);
    longer.push(p50 / (await scene.load({ ...load, path: control })).p50);
  }
  return { list: median(took), longer: median(longer) };
}

function listFigure({ name }: List, times: Took[]): Figure {
  const longer = times.map((took) => took.longer);
  const told = (values: number[]) => values.map((value) => value.toFixed(1)).join(', ');
  return {
    name: `List of connections, ${name}`,
    value: `${(longer.at(-1)! / longer[0]!).toFixed(2)} ×`,
    beside:
      `with 10⁶ rows for 10³, goal ≤ 1.3 ×; with 10³, 10⁴, 10⁵, 10⁶ ${told(longer)} times a GET ` +
      `by id, p50 ${told(times.map(({ list }) => list))} ms`,
  };
}

function middle(size: number): string {
  const after = `con_${(size / 2).toString(16).padStart(26, '0')}`;
  return encodeCursor(after, { operationId: 'listConnections', params: {}, filters: {} });
}

/** The connections of a customer are spread over those that come with it. */
async function grow({ tables }: RequestScene, from: number, to: number): Promise<void> {
  const [first, last] = [from / connectionsOfCustomer, to / connectionsOfCustomer - 1];
  if (from === 0) await tables.query(vendor);
  await tables.query(`
    INSERT INTO customers (id, external_id, name, state, created_at, updated_at)
      SELECT 'cus_' || lpad(to_hex(n), 26, '0'), 'customer-' || n, 'Customer', 'active',
        now(), now()
      FROM generate_series(${Math.max(1, first)}, ${last}) n;
    INSERT INTO accounts (id, customer_id, account_id, partition, standing, standing_since,
        attested_reason, created_at, updated_at)
      SELECT 'acct_' || lpad(to_hex(n), 26, '0'), CASE n WHEN 0
          THEN (SELECT id FROM customers WHERE external_id = 'quiet')
          ELSE 'cus_' || lpad(to_hex(n), 26, '0') END,
        (300000000000 + n)::text, 'aws', 'attested', now(), 'Bench', now(), now()
      FROM generate_series(${first}, ${last}) n;
    INSERT INTO connections (id, endpoint_service_id, vpc_endpoint_id, owner_account_id,
        endpoint_region, state, aws_state, decision, decided_by, created_at, first_seen_at,
        state_since, observed_at)
      SELECT 'con_' || lpad(to_hex(n), 26, '0'), 'svc_' || lpad(to_hex(n % 100), 26, '0'),
        'vpce-' || lpad(to_hex(n), 17, '0'),
        (300000000000 + ${first} + n % ${last - first + 1})::text,
        'us-east-1', 'available', 'available', 'accept', 'policy', now(), now(), now(), now()
      FROM generate_series(${from}, ${to - 1}) n`);
  // Otherwise the server would vacuum what came in of its own accord, on the core of its sessions,
  // while the last lists are read.
  await tables.query('VACUUM (ANALYZE)');
}

const vendor = `
  INSERT INTO provider_accounts (id, name, account_id, regions, created_at, updated_at)
    VALUES ('pacc_' || repeat('0', 26), 'Vendor', '111111111111', '{us-east-1}', now(), now());
  INSERT INTO endpoint_services (id, name, provider_account_id, region, service_id, service_name,
      modes, created_at, updated_at)
    SELECT 'svc_' || lpad(to_hex(n), 26, '0'), 'Service', 'pacc_' || repeat('0', 26), 'us-east-1',
      'vpce-svc-' || lpad(to_hex(n), 17, '0'),
      'com.amazonaws.vpce.us-east-1.vpce-svc-' || lpad(to_hex(n), 17, '0'),
      '{"principals": "observe", "acceptance": "observe", "private_dns": "observe",
        "attributes": "observe", "tags": "observe"}', now(), now()
    FROM generate_series(0, 99) n`;
