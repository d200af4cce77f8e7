// The internet of the vectors, on one port of loopback: hosts of AWS that are genuine, and all the
// others, which are the attacker's. Who is asked is told by the Host header, read as a parser of
// URLs does.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { identity, stsAnswer } from './generous-sts.ts';
import { published } from './keys.ts';
import { victim, type HttpAnswer, type Plan } from './plan.ts';

export interface Internet {
  url: URL;
  /** What is special about it for the proof that is tried now. */
  plan: Plan | null;
  /** Requests so far. */
  asked: number;
  close(): void;
}

export async function openInternet(): Promise<Internet> {
  const server = createServer((request, response) => {
    internet.asked += 1;
    const host = hostOf(String(request.headers.host));
    const genuine = answerOf(host, () => stsAnswer(host, request));
    const {
      status = 200,
      contentType = 'application/json',
      body,
    } = internet.plan?.answer?.(genuine) ?? genuine;
    response.writeHead(status, contentType === '' ? {} : { 'content-type': contentType });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const internet: Internet = {
    url: new URL(`http://127.0.0.1:${port}`),
    plan: null,
    asked: 0,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return internet;
}

function answerOf(host: string, sts: () => HttpAnswer): HttpAnswer {
  if (host.endsWith('.tokens.sts.global.api.aws') && !host.includes(':')) {
    return { body: JSON.stringify({ keys: published(host.split('.')[0]!) }) };
  }
  // Below amazonaws.com anybody can have a bucket, and so a host with content of its own.
  const isSts = /^sts\.[\w-]+\.amazonaws\.com(\.cn)?$/.test(host);
  if (isSts) return sts();
  const arn = `arn:aws:sts::${victim}:assumed-role/NetworkAdmin/alice`;
  const keys = { keys: published('attacker') };
  return {
    body: JSON.stringify({ ...keys, ...(JSON.parse(identity(victim, arn).body) as object) }),
  };
}

function hostOf(header: string): string {
  return URL.canParse(`https://${header}`) ? new URL(`https://${header}`).host : header;
}
