import { describe, expect, it } from 'vitest';
import { setupFormats, type Setup } from '../../../src/domain/setup/model.ts';
import { renderSetup } from '../../../src/domain/setup/render.ts';
import { cases } from './cases.ts';

const grid = Object.entries(cases).flatMap(([name, model]) =>
  setupFormats.map((format) => [format, name, renderSetup(model, format)] as const),
);

/** The modules come with every setup as they are; what is rendered is the rest. */
function text({ files, steps, placeholders }: Setup): string {
  const own = files.filter(({ name }) => !name.startsWith('sallyport-'));
  return [
    ...own.map(({ name, content }) => `=== ${name}\n${content}`),
    '=== steps',
    ...steps.map(({ actor, action, command }) => `${actor}: ${action}\n  ${command ?? '-'}`),
    '=== placeholders',
    ...placeholders.map(({ name, meaning, command }) => `${name}: ${meaning}\n  ${command ?? '-'}`),
    '',
  ].join('\n');
}

describe('a setup', () => {
  it.each(grid)(
    'when it is rendered as %s for %s, it is as in its file',
    async (format, name, setup) => {
      // `vitest --update` writes the file again; the difference belongs into the review.
      const file = `./golden/${name.replaceAll(' ', '-')}.${format}.txt`;
      await expect(text(setup)).toMatchFileSnapshot(file);
    },
  );

  it.each(grid)('when it is %s for %s, each name in capitals is explained', (_, __, setup) => {
    const all = [
      ...setup.files.map(({ content }) => content),
      ...setup.steps.map(({ command }) => command),
    ];
    const said = all.join('\n');
    for (const { name } of setup.placeholders) expect(said.toUpperCase()).toContain(name);
    const used = ['VPC_ID', 'SUBNET_IDS', 'PROFILE_ID', 'CLIENT_CIDR'].filter((name) =>
      new RegExp(`["\`=]${name}\\b`).test(said.replaceAll(/\$\{\w+:-\$\w+\}/g, '')),
    );
    const known = setup.placeholders.map(({ name }) => name);
    expect(used.filter((name) => !known.includes(name))).toEqual([]);
  });
});
