// The commands about logins: `auth`, and `config`, which tells what holds on this machine.

import { Option } from 'commander';
import type { LoginOptions } from '../commands/auth-login.ts';
import type { Tree } from './tree.ts';

export function addAuthVerbs(tree: Tree): void {
  addAuth(tree);
  addConfig(tree);
}

function addAuth(tree: Tree): void {
  const auth = tree.add(tree.program, 'auth').description('Log in and out, and who you are.');
  if (!tree.wants('auth')) return;
  const login = tree
    .add(auth, 'login')
    .description(
      'Log in at a service: with its identity provider, or with a key. ' +
        'That is tried, and then kept for this service alone.',
    )
    .option('--key-file <file>', 'Log in with the key in this file, - for stdin.')
    .addOption(
      new Option('--store <where>', 'Where it is kept. Without a keyring, in a file of yours.')
        .choices(['keyring', 'file'])
        .default('keyring'),
    )
    .option('--scope <scopes>', 'What the provider is asked for.', 'openid offline_access');
  tree.help.examples(login, [
    'sallyport auth login --url https://connect.vendor.example',
    'sallyport auth login --profile staging --url https://staging.example --key-file key.txt',
  ]);
  tree.act(login, {}, async (context) => {
    const { runAuthLogin } = await import('../commands/auth-login.ts');
    const { keyFile, ...options } = login.opts<Omit<LoginOptions, 'keyFile'> & Typed>();
    await runAuthLogin(context, { ...options, keyFile });
  });
  const logout = tree.add(auth, 'logout').description('Forget what a profile logged in with.');
  tree.help.examples(logout, ['sallyport auth logout', 'sallyport auth logout --profile staging']);
  tree.act(logout, {}, async (context) => {
    const { runAuthLogout } = await import('../commands/auth-logout.ts');
    await runAuthLogout(context);
  });
  const status = tree
    .add(auth, 'status')
    .description('Tell which service and which key are used, and what the key may do.');
  tree.help.examples(status, ['sallyport auth status']);
  tree.act(status, {}, async (context) => {
    const { runAuthStatus } = await import('../commands/auth-status.ts');
    await runAuthStatus(context);
  });
}

interface Typed {
  keyFile?: string;
}

function addConfig(tree: Tree): void {
  const config = tree
    .add(tree.program, 'config')
    .description('What holds on this machine, and the profiles of several logins.');
  if (!tree.wants('config')) return;
  const list = tree
    .add(config, 'list')
    .description('Tell which service, profile and key are used. Never shows the key.')
    .option('--show-origin', 'And where each was set.');
  tree.help.examples(list, ['sallyport config list --show-origin']);
  tree.act(list, {}, async (context) => {
    const { runConfigList } = await import('../commands/config.ts');
    await runConfigList(context, list.opts<{ showOrigin?: true }>().showOrigin === true);
  });
  const profiles = tree.add(config, 'profiles').description('List the profiles.');
  tree.help.examples(profiles, ['sallyport config profiles']);
  tree.act(profiles, {}, async (context) => {
    const { runConfigProfiles } = await import('../commands/config.ts');
    await runConfigProfiles(context);
  });
  const use = tree
    .add(config, 'use')
    .description('Use this profile from now on.')
    .argument('<profile>', 'Its name, as it was given with --profile.');
  tree.help.examples(use, ['sallyport config use staging']);
  tree.act(use, {}, async (context, [name]) => {
    const { runConfigUse } = await import('../commands/config.ts');
    await runConfigUse(context, name!);
  });
}
