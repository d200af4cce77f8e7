// The tree of all commands, built from data.

import { groups } from '../command-map.ts';
import type { Runtime } from '../runtime.ts';
import { Command } from './command.ts';
import { globalOptions, globals } from './globals.ts';
import { addResourceCommands } from './resource-commands.ts';
import { addSupportVerbs } from './support-verbs.ts';
import type { Tree } from './tree.ts';
import { addVendorVerbs } from './vendor-verbs.ts';
import { addVerbs } from './verbs.ts';

/** @param argv what the tree is for: what it cannot mean is left out; undefined for all there is */
export async function openTree(
  argv: readonly string[] | undefined,
  runtime: Runtime,
): Promise<Tree> {
  const line = argv && ` ${argv.join(' ')} `;
  const program = new Command('sallyport');
  const tree: Tree = {
    program,
    wants: (name) => argv?.includes(name) ?? true,
    names: (words) => line?.includes(` ${words} `) ?? false,
    act(command, attempted, handler) {
      command.run = async (args) => {
        const { runAction } = await import('./action.ts');
        const { lineForOthers } = await import('../input/shell-line.ts');
        const kinds = command.arguments.map((argument) => argument.name());
        const named = { ...attempted, kinds, args, line: lineForOthers(argv ?? []) };
        return runAction(runtime, globalOptions(program), named, (context) => {
          return handler(context, args);
        });
      };
    },
  };
  describe(program);
  // A line that begins with a group means no verb.
  if (!Object.hasOwn(groups, argv?.[0] ?? '')) {
    addVerbs(tree);
    addSupportVerbs(tree);
    addVendorVerbs(tree);
  }
  await addResourceCommands(tree);
  return tree;
}

function describe(program: Command): void {
  program
    .description('Let customers in over AWS PrivateLink, and see whether it works.')
    .examples([
      'sallyport diagnose vpce-0a1b2c3d4e5f60718',
      'sallyport connections list --state pendingAcceptance',
      'sallyport wait connection vpce-0a1b2c3d4e5f60718 --timeout 10m',
    ])
    .notes([
      'The API key: SALLYPORT_API_KEY, else the file SALLYPORT_API_KEY_FILE, else that',
      'of `sallyport auth login`, else, on the machine of the service, the one in',
      'SALLYPORT_DATA_DIR (.sallyport). `sallyport config list --show-origin` tells.',
      '',
      'Exit codes: 0 ok, 1 failure, 2 usage, 3 not found, 4 auth, 5 conflict,',
      '6 unavailable, 7 a check failed or a state is final, 8 not yet or not in time,',
      '130 interrupted.',
    ]);
  for (const option of globals()) program.addOption(option);
}
