// What would be another by a declaration, for people: a line for each item, one for each member.

import type { Comparison, Difference } from '../desired/differences.ts';
import { sections } from '../desired/document.ts';
import { disarm } from './disarm.ts';
import { type Style, styled } from './style.ts';
import { valueText } from './value.ts';

const MARKS: Record<Difference['action'], { mark: string; style: Style }> = {
  create: { mark: '+', style: 'good' },
  update: { mark: '~', style: 'busy' },
};

export function differenceText({ differences }: Comparison, colour: boolean): string {
  return differences.map((difference) => itemText(difference, colour)).join('');
}

/** How it stands, in a sentence or two. */
export function comparisonSentence({ differences, same, others }: Comparison): string {
  const stay = others.map(({ section, key }) => `${sections[section].one} ${key}`);
  const kept = stay.length === 0 ? '' : ` Here, and not declared: ${listed(stay)}; left alone.`;
  if (differences.length === 0) return `Nothing differs; ${same} as declared.${kept}`;
  const created = differences.filter(({ action }) => action === 'create').length;
  const changed = differences.length - created;
  return `${created} to create, ${changed} to change, ${same} as declared.${kept}`;
}

const NAMED_MAX = 5;

function listed(names: readonly string[]): string {
  const more = names.length - NAMED_MAX;
  const named = names.slice(0, NAMED_MAX).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}

function itemText({ section, key, action, members }: Difference, colour: boolean): string {
  const { mark, style } = MARKS[action];
  const head = `${styled(mark, style, colour)} ${sections[section].one} ${disarm(key)}\n`;
  const told = members.filter(({ after }) => action === 'update' || !isNothing(after));
  const lines = told.map(({ name, before, after }) => {
    const change = action === 'create' ? shown(after) : `${shown(before)} → ${shown(after)}`;
    return `    ${name}: ${change}\n`;
  });
  return head + lines.join('');
}

/** What a new item has anyway. */
function isNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function shown(value: unknown): string {
  return valueText(value, { relativeTo: undefined });
}
