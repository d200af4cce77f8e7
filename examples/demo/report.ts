// What the demo tells: a line for each step, the diagnosis at the end, or one report for programs.

import { styleText } from 'node:util';
import type { StuckConnection } from './stuck-connection.ts';
import type { Connection, Diagnosis } from '@sallyport/sdk';
import { customers, vendor } from './cast.ts';
import type { Scene, Step } from './story.ts';

export interface PlayedStep {
  title: string;
  who: Step['who'];
  ok: boolean;
  took_ms: number;
  /** What happened, or what went wrong. */
  detail: string;
}

export interface Report {
  ok: boolean;
  steps: PlayedStep[];
  connection: Connection | null;
  diagnosis: Diagnosis | null;
  aws_calls: { total: number; mutating: number; actions: Record<string, number> };
}

export function stepLine(step: PlayedStep, number: number): string {
  const mark = step.ok ? styleText('green', '✓') : styleText('red', '✗');
  const took = `${(step.took_ms / 1000).toFixed(1)} s`.padStart(7);
  const who = step.who.padEnd(10);
  const head = `${mark} ${String(number).padStart(2)}  ${who} ${took}  ${step.title}`;
  const indent = ' '.repeat(28);
  const lines = wrapped(step.detail, (process.stdout.columns ?? Infinity) - indent.length);
  return [head, ...lines.map((line) => indent + styleText('dim', line))].join('\n');
}

function wrapped(text: string, width: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}

export function diagnosisText(diagnosis: Diagnosis): string {
  const marks: Record<string, string> = {
    pass: styleText('green', 'pass'),
    warn: styleText('yellow', 'warn'),
    fail: styleText('red', 'fail'),
  };
  const checks = diagnosis.checks.map(
    (check) =>
      `  ${marks[check.result] ?? check.result}  ${check.name.padEnd(12)} ${check.evidence}`,
  );
  const turn = diagnosis.turn === 'nobody' ? "nobody's turn" : `the turn of: ${diagnosis.turn}`;
  return [
    `Does ${diagnosis.vpc_endpoint_id} work? ${styleText('bold', diagnosis.works)} (${turn})`,
    ...checks,
  ].join('\n');
}

export function awsCallsText({ total, mutating }: Report['aws_calls']): string {
  return `${total} AWS calls in all, ${mutating} of them changes (customers' own included).`;
}

/** For somebody who explores: addresses, keys, and three commands to begin with. */
export function exploreText(scene: Scene, directory: string): string {
  const { apiUrl, awsUrl } = scene.stage;
  const endpoint = scene.acme.vpcEndpointId;
  const keyFile = `${directory}/data/operator.key`;
  const customer = customers.acme.account;
  return [
    `Sallyport   ${apiUrl}   (reference: /docs)`,
    `AWS         ${awsUrl}   (key id: the account, secret: simulator)`,
    `accounts    vendor ${vendor.account}, customers ${customer} and ${customers.globex.account}`,
    `operator    the key is in ${keyFile}`,
    `customer    ${scene.acme.key}`,
    '',
    'Try, in another terminal:',
    '',
    `  export SALLYPORT_URL=${apiUrl}`,
    `  export SALLYPORT_API_KEY_FILE=${keyFile}`,
    '  npx -y pnpm@12 --silent sallyport connections list',
    `  npx -y pnpm@12 --silent sallyport diagnose ${endpoint}`,
    '',
    'The customer deletes its endpoint, which Sallyport sees within a minute:',
    '',
    `  AWS_ACCESS_KEY_ID=${customer} AWS_SECRET_ACCESS_KEY=simulator \\`,
    `    aws --region us-east-1 --endpoint-url ${awsUrl} \\`,
    `    ec2 delete-vpc-endpoints --vpc-endpoint-ids ${endpoint}`,
    '',
    'Ctrl-C ends it and leaves nothing behind.',
  ].join('\n');
}

/** What docs/support.md calls by other names. */
export function stuckText({ url, endpoint }: StuckConnection, folder: string): string {
  return [
    `A connection waits for a person. Type docs/support.md with these, in another terminal:`,
    '',
    `  cd ${folder}   # support.key and ops.key are in it`,
    `  ${url}   in place of https://connect.vendor.example`,
    `  ${endpoint}   in place of vpce-0a1b2c3d4e5f60718`,
    '',
    'Ctrl-C ends it and leaves nothing behind.',
  ].join('\n');
}

export const nextText = [
  'What next?',
  '  npx -y pnpm@12 demo --keep   the same, left running for you to explore',
  '  npx -y pnpm@12 start         the service, to try your own story',
  '  docs/                        how it is run for real',
].join('\n');
