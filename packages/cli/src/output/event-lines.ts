// Events as they come, each written at once: a line for people, and what a format makes of one
// item for programs.

import type { Event } from '@sallyport/sdk';
import type { Context } from '../runtime.ts';
import { openList } from './answer.ts';
import { disarm, jsonLine } from './disarm.ts';
import { stateStyle, styled } from './style.ts';
import { yamlText } from './yaml.ts';

export interface EventWriter {
  write(event: Event): void;
}

/** @param nameOf what people call the subject; its id unless given */
export function openEvents(context: Context, nameOf?: (event: Event) => string): EventWriter {
  const { out, options } = context;
  switch (options.output) {
    // A document without an end would be none, so each event is one.
    case 'json':
    case 'ndjson':
      return { write: (event) => out.write(`${jsonLine(event)}\n`) };
    case 'yaml':
      return { write: (event) => out.write(`---\n${yamlText(event)}`) };
    case 'csv':
    case 'name': {
      const list = openList(context, 'Event');
      return { write: (event) => list.add([event]) };
    }
    case 'wide':
    case 'table':
    default:
      return { write: (event) => out.write(`${lineOf(event, out.colour, nameOf)}\n`) };
  }
}

function lineOf(
  event: Event,
  colour: boolean,
  nameOf: (event: Event) => string = ({ subject }) => subject.id,
): string {
  const { at, type, state, alarm } = event;
  const after = state.after ?? '';
  const same = after === '' || after === state.before;
  const change = same ? '' : `${disarm(state.before ?? '-')} → ${shown(after, colour)}`;
  const about = alarm === null ? change : disarm(`${alarm.kind} ${alarm.subject}`);
  return [at, disarm(type).padEnd(28), disarm(nameOf(event)), about].join('  ').trimEnd();
}

function shown(state: string, colour: boolean): string {
  return styled(disarm(state), stateStyle(state), colour);
}
