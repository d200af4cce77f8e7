// What a history knows by now: every id, secret, tag and cursor that answers have shown.

import { kindOfId, type IdKind } from '../../../src/domain/ids.ts';
import type { Draw } from './draw.ts';

export interface Stock {
  /** Keys and tokens that requests can be sent with. */
  secrets: string[];
  inviteTokens: string[];
  observationTokens: string[];
  cursors: Map<string, string[]>;
  tags: Map<string, string>;
  add: (key: string, kind?: Kind | null) => void;
  /** What it is a part of: a delivery of its webhook, an invite of its customer, a note. */
  addPart: (whole: string, part: string) => void;
  wholeOf: (part: string) => string | undefined;
  all: (kind: Kind) => readonly string[];
  /** One of the kind, now and then by another of its names. */
  any: (draw: Draw, kind: Kind) => string;
  /** Takes in all that an answer shows. */
  learn: (body: unknown) => void;
}

/** Kinds of ids of ours, and of names that AWS or people gave. */
export type Kind = IdKind | 'accountNumber' | 'endpoint' | 'serviceName' | 'externalId' | 'arn';

const otherNames: Partial<Record<Kind, Kind>> = {
  account: 'accountNumber',
  connection: 'endpoint',
  customer: 'externalId',
  endpointService: 'serviceName',
};

export function createStock(): Stock {
  const byKind = new Map<Kind, string[]>();
  const wholes = new Map<string, string>();
  const all = (kind: Kind) => byKind.get(kind) ?? [];
  const stock: Stock = {
    secrets: [],
    inviteTokens: [],
    observationTokens: [],
    cursors: new Map(),
    tags: new Map(),
    all,
    add: (key, kind = kindOf(key)) => {
      if (kind === null || all(kind).includes(key)) return;
      byKind.set(kind, [...all(kind), key]);
    },
    addPart: (whole, part) => void wholes.set(part, whole),
    wholeOf: (part) => wholes.get(part),
    any: (draw, kind) => {
      const other = otherNames[kind];
      const known = all(other !== undefined && draw.chance(0.2) ? other : kind);
      // The newest are in a state that the oldest have left.
      const young = known.slice(-3);
      return draw.pick(draw.chance(0.5) ? young : known) ?? 'none';
    },
    learn: (body) => learn(stock, body),
  };
  return stock;
}

function kindOf(text: string): Kind | null {
  const kind = kindOfId(text);
  if (kind !== null) return kind;
  if (/^vpce-svc-[0-9a-f]{8,17}$/.test(text)) return 'serviceName';
  if (/^vpce-[0-9a-f]{8,17}$/.test(text)) return 'endpoint';
  if (/^[0-9]{12}$/.test(text)) return 'accountNumber';
  return text.startsWith('arn:aws:iam::') ? 'arn' : null;
}

function learn(stock: Stock, value: unknown): void {
  if (typeof value === 'string') stock.add(value);
  if (typeof value !== 'object' || value === null) return;
  const members = value as Record<string, unknown>;
  const { id, secret, token, external_id, arn } = members;
  const { webhook_id, customer_id, connection_id, endpoint_service_id } = members;
  const isText = (text: unknown): text is string => typeof text === 'string';
  if (isText(secret) && secret.startsWith('sallyport_')) stock.secrets.push(secret);
  if (isText(token) && token.startsWith('sallyport_invite_')) stock.inviteTokens.push(token);
  else if (isText(token) && token.startsWith('sallyport_observation_')) {
    stock.observationTokens.push(token);
  } else if (isText(token)) stock.secrets.push(token);
  if (isText(id) && isText(webhook_id)) stock.addPart(webhook_id, id);
  if (isText(id) && isText(customer_id) && id.startsWith('inv_')) stock.addPart(customer_id, id);
  if (isText(id) && isText(connection_id) && id.startsWith('note_')) {
    stock.addPart(connection_id, id);
  }
  if (isText(arn) && isText(endpoint_service_id)) stock.addPart(endpoint_service_id, arn);
  if (isText(external_id)) stock.add(external_id, 'externalId');
  for (const member of Object.values(value)) learn(stock, member);
}
