import { expect, test } from 'vitest';
import { errorsPage } from './errors-page.ts';

const page = errorsPage({
  gone_away: {
    status: 503,
    title: 'It is away',
    cause: 'It went.',
    remediation: { actor: 'vendor', action: 'Wait.', command: 'sallyport wait' },
    noCommand: null,
  },
  bad_name: {
    status: 400,
    title: 'The name is bad',
    cause: 'It is too long.',
    remediation: { actor: 'caller', action: 'Shorten it.', command: null },
    noCommand: 'it is yours.',
  },
});

test('when there are errors, the table links each by status', () => {
  expect(page).toContain(`| status | code | meaning |
|---|---|---|
| 400 | [\`bad_name\`](#bad_name) | The name is bad |
| 503 | [\`gone_away\`](#gone_away) | It is away |
`);
});

test('when an error has a command, its section ends with it', () => {
  expect(page).toContain(`## gone_away

**503** · It is away

*Cause.* It went.

*What to do.* Wait. The turn is with the vendor who runs this deployment.

\`\`\`sh
sallyport wait
\`\`\`
`);
});

test('when an error has no command, its section shows none', () => {
  const section = page.slice(page.indexOf('## bad_name'), page.indexOf('## gone_away'));
  expect(section).toContain('Shorten it. The turn is with you, who sent the request.');
  expect(section).not.toContain('```');
  expect(section).toContain('There is no command for it: it is yours.');
});
