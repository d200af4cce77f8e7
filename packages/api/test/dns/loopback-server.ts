// A name server on loopback that knows what it is told: NS, A and TXT over UDP (RFC 1035).

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export interface LoopbackServer {
  port: number;
  /** Questions in the order in which they came: `TXT _a.vendor.example`. */
  asked: string[];
  close: () => Promise<void>;
}

/** By question: values, or that there is no such name, or that nothing is ever answered. */
export type Records = Record<string, string[] | 'refused' | 'silent'>;

const types: Record<number, string> = { 1: 'A', 2: 'NS', 16: 'TXT', 28: 'AAAA' };
const flags = { ok: 0x8580, noName: 0x8583, refused: 0x8585 };

export async function startLoopbackServer(
  records: Records,
  address: { host: string; port: number } = { host: '127.0.0.1', port: 0 },
): Promise<LoopbackServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (message, { port, address: from }) => {
    const question = readQuestion(message);
    asked.push(`${question.type} ${question.name}`);
    const answer = answerTo(message, question, records);
    if (answer) socket.send(answer, port, from);
  });
  socket.bind(address.port, address.host);
  await once(socket, 'listening');
  const { port } = socket.address();
  return { port, asked, close: () => close(socket) };
}

interface Question {
  name: string;
  type: string;
  /** Where it ends in the message. */
  end: number;
}

function readQuestion(message: Buffer): Question {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at]!; length > 0; length = message[at]!) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = message.readUInt16BE(at + 1);
  return { name: labels.join('.').toLowerCase(), type: types[type] ?? `${type}`, end: at + 5 };
}

function answerTo(message: Buffer, question: Question, records: Records): Buffer | null {
  const known = records[`${question.type} ${question.name}`];
  if (known === 'silent') return null;
  const values = Array.isArray(known) ? known : [];
  const exists = Object.keys(records).some((key) => key.split(' ')[1] === question.name);
  const header = Buffer.from(message.subarray(0, 12));
  const flag = known === 'refused' ? flags.refused : exists ? flags.ok : flags.noName;
  header.writeUInt16BE(flag, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(values.length, 6);
  header.writeUInt32BE(0, 8);
  const asked = message.subarray(12, question.end);
  return Buffer.concat([header, asked, ...values.map((value) => recordOf(asked, value, question))]);
}

function recordOf(asked: Buffer, value: string, { type }: Question): Buffer {
  const fixed = Buffer.alloc(10);
  asked.copy(fixed, 0, asked.length - 4);
  fixed.writeUInt32BE(60, 4);
  const data = dataOf(type, value);
  fixed.writeUInt16BE(data.length, 8);
  // The name is the one of the question, which begins at byte 12.
  return Buffer.concat([Buffer.from([0xc0, 0x0c]), fixed, data]);
}

function dataOf(type: string, value: string): Buffer {
  if (type === 'A') return Buffer.from(value.split('.').map(Number));
  const strings = type === 'NS' ? value.split('.') : (value.match(/.{1,100}/g) ?? ['']);
  const parts = strings.map((text) =>
    Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]),
  );
  return Buffer.concat(type === 'NS' ? [...parts, Buffer.from([0])] : parts);
}

function close(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}
