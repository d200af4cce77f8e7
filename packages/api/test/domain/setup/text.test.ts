import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderAwsCli } from '../../../src/domain/setup/aws-cli.ts';
import { renderCdk } from '../../../src/domain/setup/cdk.ts';
import { renderChangeRequest } from '../../../src/domain/setup/change-request.ts';
import { hcl, jsonText, markdown, oneLine, sh } from '../../../src/domain/setup/text.ts';
import { cases, hostile } from './cases.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('text that somebody gave', () => {
  it('when it is put on one line, nothing in it ends that line', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('when it is a string of HCL, it begins no template', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '%', '{', '"', '\\', 'a') }), (text) => {
        // A mark that is doubled stands for itself, from the left.
        expect(hcl(text).replaceAll(/\$\$\{|%%\{/g, ' ')).not.toMatch(/(?<![$%])[$%]\{/);
      }),
    );
  });

  it('when it is written as JSON, it is read as it was', () => {
    const tricky = fc.string({ unit: fc.constantFrom('\\', 'b', 'f', '\b', '\f', '"', '/') });
    fc.assert(
      fc.property(fc.oneof(anyText, tricky), (text) => {
        expect(JSON.parse(jsonText(text))).toBe(text);
      }),
    );
  });

  it('when a shell reads it, it is as it was', () => {
    const text = hostile.replaceAll('\u0000', '');
    const said = execFileSync('sh', ['-c', `printf %s ${sh(text)}`], { encoding: 'utf8' });
    expect(said).toBe(text);
  });

  it('when it is Markdown, no mark in it is left', () => {
    const bare = markdown(hostile).replaceAll(/\\./g, '').replaceAll('&amp;', '');
    expect(bare).not.toMatch(/[`*_[\]<>#|\n&]/);
  });
});

describe('a name that would be code', () => {
  const named = (title: string) => ({ ...cases['all known']!, title, customerName: title });

  it('when it is in a script, the shell says of it what it says of any other', () => {
    const script = (title: string) => renderAwsCli(named(title)).files[0]!.content.split('\n');
    const [, comment, ...rest] = script(hostile);
    expect(comment).toMatch(/^# /);
    expect(rest).toEqual(script('x').slice(2));
  });

  it('when it is in an app, it is in the first comment only', () => {
    const app = (title: string) => renderCdk(named(title)).files[0]!.content.split('\n');
    const [comment, ...rest] = app(hostile);
    expect(comment).toMatch(/^\/\/ /);
    expect(rest).toEqual(app('x').slice(1));
  });

  it('when it is in a change request, the document has the same headings and no tag', () => {
    const request = (title: string) => renderChangeRequest(named(title)).files[0]!.content;
    const headings = (text: string) => text.split('\n').filter((line) => line.startsWith('## '));
    expect(headings(request(hostile))).toEqual(headings(request('x')));
    expect(request(hostile).replaceAll(/```[^]*?```|`[^`\n]*`|\\./g, '')).not.toMatch(/<\w/);
  });
});
