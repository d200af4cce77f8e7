import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Command } from '../../packages/cli/src/program/command.ts';
import { manPage } from './man-page.ts';

const program = new Command('sallyport')
  .description('Do it.')
  .notes(['One paragraph,', 'broken.', '', 'Another.']);
program
  .add('get')
  .description('\'tis a path such as C:\\new, or "so".')
  .argument('<thing>', 'Which.')
  .option('-o, --output <f>', 'How.', (text) => text, 'a')
  .examples(['.hidden | sallyport get - --all']);
const page = manPage(program, '1.0.0');
const real = path.resolve(import.meta.dirname, '../../packages/cli/man/sallyport.1');

test('when a text has what groff would take for its own, it is told as it stands', (context) => {
  needsGroff(context);
  const { shown, warnings } = formatted('-', page);
  expect(warnings).toBe('');
  expect(shown).toContain('sallyport - do it');
  expect(shown).toContain('One paragraph, broken.\n\n');
  expect(shown).toContain('   sallyport get <thing> [options]\n');
  expect(shown).toContain(' \'tis a path such as C:\\new, or "so".\n');
  expect(shown).toContain(' .hidden | sallyport get - --all\n');
  expect(shown).toContain(' -o, --output <f>\n');
  expect(shown).toContain(' How. Else a.\n');
});

test('when the manual page is read, groff has nothing to say of it', (context) => {
  needsGroff(context);
  const { shown, warnings } = formatted(real);
  expect(warnings).toBe('');
  expect(shown).toContain('\n   sallyport diagnose <anything> [options]\n');
  expect(shown).toContain('Its id (con_…) or the endpoint');
});

function needsGroff({ skip }: { skip(reason: string): void }): void {
  if (!spawnSync('groff', ['--version']).error) return;
  process.stderr.write('skipped: the manual page, as there is no groff here\n');
  skip('there is no groff here');
}

/** As `man` shows it, without what makes it bold. */
function formatted(file: string, input = ''): { shown: string; warnings: string } {
  const args = ['-man', '-Tutf8', '-ww', '-k', '-rLL=80n', '-P-c', '-P-b', '-P-u', file];
  const { stdout, stderr } = spawnSync('groff', args, { input, encoding: 'utf8' });
  return { shown: stdout, warnings: stderr };
}
