// A real service over the simulator, with a customer that is connected, and a real identity
// provider for its staff. What is another thing in each run is put into one form.

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  freePort,
  stageOf,
  startService,
  startSimulator,
} from '../../../examples/demo/processes.ts';
import { createScene, type Scene, story } from '../../../examples/demo/story.ts';
import { type DeviceProvider, startDeviceProvider } from '../../api/test/oidc/device-provider.ts';
import { environment, type Outcome, sallyport, type Surroundings } from './harness.ts';
import { inTurns } from './turns.ts';

export interface RealWorld {
  url: string;
  keyFile: string;
  scene: Scene;
  provider: DeviceProvider;
  /** Each line in turn, in one process. */
  turns(lines: readonly string[], more?: Surroundings): Promise<Outcome[]>;
  /** Each line in a process of its own, all at once. */
  atOnce(lines: readonly string[], more?: Surroundings): Promise<Outcome[]>;
  close(): Promise<void>;
}

const PLAYED = [
  'Register the provider account and a service',
  'Create a customer, a grant and an invite',
  'Prove the AWS account',
  'Put the principal on the allowlist',
  'Create a VPC endpoint and wait',
];

export async function startRealWorld(): Promise<RealWorld> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'sallyport-cli-world-'));
  const simulator = await startSimulator(directory);
  // Tokens that are nearly over, so that they have to be renewed at once.
  const provider = await startDeviceProvider({ groups: ['support-desk'], seconds: 50 });
  const service = await startService(directory, simulator.url, await freePort(), {
    SALLYPORT_OIDC_ISSUER: provider.issuer,
    SALLYPORT_OIDC_AUDIENCE: provider.audience,
    SALLYPORT_OIDC_CLIENT_ID: provider.clientId,
    SALLYPORT_OIDC_SUPPORT_GROUPS: 'support-desk',
  });
  const scene = createScene(stageOf(directory, simulator.url, service.url, 'cli'));
  for (const title of PLAYED) await story.find((step) => step.title === title)!.play(scene);
  const keyFile = path.join(directory, 'data/operator.key');
  const env = { SALLYPORT_URL: service.url, SALLYPORT_API_KEY_FILE: keyFile };
  return {
    url: service.url,
    keyFile,
    scene,
    provider,
    turns: (lines, more = {}) => {
      const surroundings = { ...more, env: { ...env, ...more.env } };
      return inTurns(lines.map((line) => ({ args: line.split(' '), surroundings })));
    },
    atOnce: (lines, more = {}) => {
      const surroundings = { ...more, env: { ...env, ...more.env } };
      return Promise.all(lines.map((line) => sallyport(line.split(' '), surroundings)));
    },
    close: async () => {
      await service.stop('SIGTERM');
      await simulator.stop();
      await provider.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** For the pseudo-terminal, which takes surroundings in place of a line. */
export function surroundingsOf({ url, keyFile }: RealWorld): Surroundings {
  return { env: environment({ env: { SALLYPORT_URL: url, SALLYPORT_API_KEY_FILE: keyFile } }) };
}

/** Ids and times of one length each, so that columns stay where they are. */
export function scrubbed(text: string, { url, keyFile }: RealWorld): string {
  return text
    .replaceAll(keyFile, 'operator.key')
    .replaceAll('\r\n', '\n')
    .replaceAll(url, 'http://127.0.0.1:8080')
    .replaceAll(/\b([a-z]{2,4})_[0-9a-hjkmnp-tv-z]{26}/g, `$1_${'x'.repeat(26)}`)
    .replaceAll(/\bkey_[0-9a-z]+…/g, (cut) => `key_${'x'.repeat(cut.length - 5)}…`)
    .replaceAll(/\bsallyport_(\w+?)_[0-9A-Za-z]{49}/g, `sallyport_$1_${'x'.repeat(49)}`)
    .replaceAll(/\b(vpce-svc-|vpce-|vpc-|subnet-|eni-|sg-)[0-9a-f]{17}/g, `$1${'x'.repeat(17)}`)
    .replaceAll(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-11-23T12:00:00.000Z')
    .replaceAll(/\b[0-9a-f]{16,64}\b/g, (digits) => 'x'.repeat(digits.length))
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, 'x'.repeat(36))
    .replaceAll(/\b\d+[sm] ago( {2,}|\b)/g, (ago) => `3s ago${ago.endsWith(' ') ? '  ' : ''}`)
    .replaceAll(/\(read \d+ s ago/g, '(read 1 s ago')
    .replaceAll(/ready after \d+s/g, 'ready after 1s')
    .replaceAll(/[ \t]+$/gm, '');
}
