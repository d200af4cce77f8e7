// The commands made by hand: the questions that support asks all day, and the way round all others.

import { Argument, InvalidArgumentError, Option } from 'commander';
import type { DiagnoseOptions } from '../commands/diagnose.ts';
import { installation, scripts, type Shell, shells } from '../completion/scripts.ts';
import { type Waitable, waitables } from '../commands/waitables.ts';
import type { ArgumentName } from '../generated/commands.ts';
import { argumentHelp } from './argument-help.ts';
import { addAuthVerbs } from './auth-verbs.ts';
import { ANYTHING } from './support-verbs.ts';
import type { Tree } from './tree.ts';

export function addVerbs(tree: Tree): void {
  addDiagnose(tree);
  addWait(tree);
  addAuthVerbs(tree);
  addRawRequest(tree);
  addCompletion(tree);
}

const EXIT_CODES = 'Exit codes:';

function addDiagnose(tree: Tree): void {
  const diagnose = tree.program
    .add('diagnose')
    .description('Tell whether a connection works, why not, and whose turn it is.')
    .argument('<anything>', ANYTHING)
    .option('--graph', 'Show the path from the client to the target as a picture.')
    .addOption(
      new Option('--markdown', 'Write a reply that the customer may read.').conflicts('graph'),
    )
    .option('--bundle <file>', 'Put all of it into a file for a ticket, without secrets.')
    .addOption(
      new Option(
        '--ask',
        'Write a script with which the customer reports what it sees, once.',
      ).conflicts(['graph', 'markdown', 'bundle']),
    )
    .option('--customer <customer>', 'Whose endpoint it is, where it is not seen.');
  diagnose.examples([
    'sallyport diagnose vpce-0a1b2c3d4e5f60718',
    'sallyport diagnose vpce-0a1b2c3d4e5f60718 --graph',
    'sallyport diagnose acme',
    'pbpaste | sallyport diagnose -',
  ]);
  diagnose.notes([
    'With - it reads a pasted error of AWS, or what describe-vpc-endpoints printed.',
    'Of what has several connections each gets a line, and the worst decides the exit code.',
    `${EXIT_CODES} 0 it works, 7 a check fails, 8 not known or not yet, 3 no such connection`,
  ]);
  tree.act(diagnose, { list: 'connections list' }, async (context, [id]) => {
    const { runDiagnose } = await import('../commands/diagnose.ts');
    return runDiagnose(context, id!, diagnose.opts<DiagnoseOptions>());
  });
}

function addWait(tree: Tree): void {
  const wait = tree.program
    .add('wait')
    .description('Wait until something is ready, or cannot get ready any more.');
  wait.examples(Object.values(waitables).map(({ example }) => example));
  if (!tree.wants('wait')) return;
  for (const [kind, { argument, list, help, example }] of Object.entries(waitables)) {
    const leaf = wait
      .add(kind)
      .description(help)
      .argument(`<${argument}>`, argumentHelp[argument satisfies ArgumentName])
      .option('--timeout <duration>', 'The longest wait, such as 90s, 10m or 1h30m.')
      .option('--interval <duration>', 'From one look to the next; the service may ask for more.');
    leaf.examples([example]);
    leaf.notes([`${EXIT_CODES} 0 ready, 7 it cannot get ready any more, 8 not in time`]);
    tree.act(leaf, { list }, async (context, [id]) => {
      const { runWait } = await import('../commands/wait.ts');
      const { timeout, interval } = leaf.opts<{ timeout?: string; interval?: string }>();
      await runWait(context, { kind: kind as Waitable, id: id!, timeout, interval });
    });
  }
}

function addCompletion(tree: Tree): void {
  const completion = tree.program
    .add('completion')
    .description('Print what makes a shell complete commands, flags, names and ids.')
    .addArgument(new Argument('<shell>', 'The shell.').choices(shells));
  completion.examples(Object.values(installation));
  tree.act(completion, {}, async ({ out }, [shell]) => {
    out.write(scripts[shell as Shell]);
  });
}

function addRawRequest(tree: Tree): void {
  const api = tree.program
    .add('api')
    .description('Make any request to the API, and print its answer as JSON.')
    .argument('<method>', 'GET, POST, PUT, PATCH or DELETE, or the id of an operation alone.')
    .argument('[path]', 'For example /v1/customers.')
    .option(
      '-f, --field <key=value>',
      'A text for the query or the body; of an operation, also for its path. Repeat it.',
      collected,
    )
    .option(
      '-F, --typed-field <key=value>',
      'The same as 5, true, null or other JSON; @file for what is in a file, @- for stdin.',
      collected,
    )
    .option('--input <file>', 'The body as JSON, - for stdin; fields then go into the query.')
    .option('--paginate', 'Read all pages of a list, and print them as one.')
    .option('--idempotency-key <key>', 'Repeat an earlier request under its own key.')
    .option('--if-match <etag>', 'Change it only if it is as under this ETag; "*" for any.')
    .addOption(
      new Option('-i, --include', 'Show the status and the headers of the answer, too.').conflicts(
        'paginate',
      ),
    );
  api.examples([
    'sallyport api GET /v1/customers -f limit=5',
    'sallyport api PATCH /v1/customers/acme -f name="Acme Inc"',
    'sallyport api POST /v1/grants --input grant.json',
    'sallyport api getConnection -f id=vpce-0a1b2c3d4e5f60718',
    'sallyport api listConnections -f state=available --paginate -o ndjson',
  ]);
  api.notes(['The ids of operations are those of openapi.json; completion knows them.']);
  tree.act(api, {}, async (context, [what, path]) => {
    const { runRawRequest } = await import('../commands/raw-request.ts');
    const given = api.opts<Given>();
    await runRawRequest(context, {
      what: what!,
      path,
      fields: given.field ?? [],
      typedFields: given.typedField ?? [],
      input: given.input,
      idempotencyKey: given.idempotencyKey,
      ifMatch: given.ifMatch,
      include: given.include === true,
      paginate: given.paginate === true,
    });
  });
}

interface Given {
  field?: string[];
  typedField?: string[];
  include?: true;
  paginate?: true;
  input?: string;
  idempotencyKey?: string;
  ifMatch?: string;
}

function collected(field: string, before: string[] = []): string[] {
  if (field.indexOf('=') < 1) throw new InvalidArgumentError('It must be like key=value.');
  return [...before, field];
}
