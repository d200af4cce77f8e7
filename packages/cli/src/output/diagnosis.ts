// A diagnosis for people: each check in the order of the path, what was seen, and whose turn it is.

import type { Diagnosis } from '@sallyport/sdk';
import type { Sink } from '../runtime.ts';
import { disarm } from './disarm.ts';
import { stateStyle, styled } from './style.ts';
import { fitted, textWidth, wrapped } from './text-width.ts';
import { type ValueStyle, valueText } from './value.ts';

type Checked = Pick<Diagnosis['checks'][number], 'name' | 'result' | 'evidence' | 'next'>;
type NextStep = NonNullable<Diagnosis['next']>;

/** The word always stands beside its mark, which a font or a screen reader may not have. */
const MARKS: Record<string, string> = {
  pass: '✓',
  warn: '!',
  fail: '✗',
  unknown: '?',
  skipped: '-',
};
const GAP = '  ';
/** Narrower than this, wrapping makes a text harder to read than a long line does. */
const TEXT_MIN = 30;

export function diagnosisText(
  diagnosis: Diagnosis,
  sink: Pick<Sink, 'columns' | 'colour'>,
  style: ValueStyle,
): string {
  const { works, summary, turn, next, checks, observed_at: observedAt } = diagnosis;
  const names = Math.max(0, ...checks.map(({ name }) => textWidth(disarm(name))));
  const lines = [
    `${disarm(diagnosis.vpc_endpoint_id)} (${disarm(diagnosis.connection_id ?? 'not seen')})`,
    `works: ${styled(disarm(works), stateStyle(works), sink.colour)}`,
    ...wrapped(disarm(summary), sink.columns ?? Infinity),
    '',
    ...oncePerStep(checks).flatMap((check) => checkLines(check, names, sink)),
    '',
    `turn: ${disarm(turn)}`,
    ...(next ? nextLines(next, sink.columns ?? Infinity) : []),
    `observed: ${valueText(observedAt, style)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Checks alone, as a preflight has them, too. */
export function checksText(
  checks: readonly Checked[],
  sink: Pick<Sink, 'columns' | 'colour'>,
): string {
  const names = Math.max(0, ...checks.map(({ name }) => textWidth(disarm(name))));
  return oncePerStep(checks)
    .flatMap((check) => checkLines(check, names, sink).map((line) => `${line}\n`))
    .join('');
}

/** The way from the client to the target as a picture, which the API has drawn in 80 columns. */
export function pathText({ path }: Pick<Diagnosis, 'path'>): string {
  return path.text
    .split('\n')
    .map((line) => `${disarm(line)}\n`)
    .join('');
}

/** What mends several checks stands below the first of them alone. */
function oncePerStep<Each extends Checked>(checks: readonly Each[]): Each[] {
  const told = new Set<string>();
  return checks.map((check) => {
    const step = JSON.stringify(check.next);
    const isTold = told.has(step);
    told.add(step);
    return isTold ? { ...check, next: null } : check;
  });
}

function checkLines(
  { name, result, evidence, next }: Checked,
  nameWidth: number,
  { columns = Infinity, colour }: Pick<Sink, 'columns' | 'colour'>,
): string[] {
  const mark = `${MARKS[result] ?? MARKS.unknown} ${fitted(disarm(result), 7)}`;
  const head = `${mark}${GAP}${fitted(disarm(name), nameWidth)}${GAP}`;
  const indent = textWidth(head);
  const width = Math.max(TEXT_MIN, columns - indent);
  const [first = '', ...rest] = [
    ...wrapped(disarm(evidence), width),
    ...(next ? nextLines(next, width) : []),
  ];
  const style = stateStyle(result) ?? (result === 'skipped' ? 'faint' : 'busy');
  const shown = `${styled(mark, style, colour)}${head.slice(mark.length)}`;
  const fits = indent + textWidth(first) <= columns;
  return [
    `${shown}${fits ? first : ''}`.trimEnd(),
    ...(fits ? rest : [first, ...rest]).map((line) => placed(line, indent, columns)),
  ];
}

/** A name or a command that is too long for its column begins before it, to stay in one piece. */
function placed(line: string, indent: number, columns: number): string {
  const before = Math.max(0, Math.min(indent, columns - textWidth(line)));
  return `${' '.repeat(before)}${line}`;
}

/** The command stands on a line of its own, however long, to be copied whole. */
function nextLines({ actor, action, command }: NextStep, width: number): string[] {
  const lines = wrapped(`next (${disarm(actor)}): ${disarm(action)}`, width);
  return command ? [...lines, `  ${disarm(command)}`] : lines;
}
