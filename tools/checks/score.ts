// How easy the contract is to use, by the score of @redocly/cli: no part of it may fall below what
// was reached once. Why some parts cannot be higher is told in docs/decisions/0011-score.md.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { installedCommand, runCommand } from '../command.ts';
import type { Finding } from './repository.ts';

/** In percent; `total` is of all operations, and the rest its parts. */
export type Scores = Record<string, number>;

const ledger = 'tools/checks/score.ledger.json';
const advice = 'Run: pnpm exec redocly score openapi.json --operation-details';

export async function checkScore(root: string): Promise<Finding[]> {
  const floors = JSON.parse(await readFile(path.join(root, ledger), 'utf8')) as Scores;
  return belowFloors(await scoresOf(root), floors);
}

/** A part that is scored and has no floor is a finding too, and so is a floor of no part. */
export function belowFloors(scores: Scores, floors: Scores): Finding[] {
  const parts = [...new Set([...Object.keys(scores), ...Object.keys(floors)])];
  return parts.flatMap((part) => {
    const [score, floor] = [scores[part], floors[part]];
    if (score === undefined || floor === undefined) {
      return [{ path: ledger, message: `and the score do not both have ${part}.` }];
    }
    if (score >= floor) return [];
    const message = `scores ${score} for ${part}, and the floor is ${floor}. ${advice}`;
    return [{ path: 'openapi.json', message }];
  });
}

async function scoresOf(root: string): Promise<Scores> {
  const redocly = installedCommand(root, '@redocly/cli', 'redocly');
  const { code, output } = await runCommand({
    argv: [...redocly, 'score', 'openapi.json', '--format=json'],
    cwd: root,
    env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  if (code !== 0) throw new Error(`The score could not be had:\n${output}`);
  return readScores(output);
}

/** The figures come first; after them are those of each operation. */
function readScores(output: string): Scores {
  const figures = /^\{.*?\}/ms.exec(output)?.[0];
  if (figures === undefined) throw new Error(`The score could not be read:\n${output}`);
  const { agentReadiness, discoverability, subscores } = JSON.parse(`${figures}}`) as Figures;
  const parts = Object.entries(subscores).map(([part, share]) => [part, Math.floor(share * 100)]);
  return { total: agentReadiness, discoverability, ...(Object.fromEntries(parts) as Scores) };
}

interface Figures {
  agentReadiness: number;
  discoverability: number;
  subscores: Scores;
}
