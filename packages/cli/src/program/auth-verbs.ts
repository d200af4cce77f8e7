// The commands about logins: `auth`, and `config`, which tells what holds on this machine.

import { Option } from 'commander';
import type { LoginOptions } from '../commands/auth-login.ts';
import type { Tree } from './tree.ts';

export function addAuthVerbs(tree: Tree): void {
  addAuth(tree);
  addConfig(tree);
}

function addAuth(tree: Tree): void {
  const auth = tree.program.add('auth').description('Log in and out, and who you are.');
  if (!tree.wants('auth')) return;
  const login = auth
    .add('login')
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
    .addOption(
      new Option('--scope <scopes>', 'What the provider is asked for.').default(
        'openid offline_access',
      ),
    );
  login.examples([
    'sallyport auth login --url https://connect.vendor.example',
    'sallyport auth login --profile staging --url https://staging.example --key-file key.txt',
  ]);
  tree.act(login, {}, async (context) => {
    const { runAuthLogin } = await import('../commands/auth-login.ts');
    const { keyFile, ...options } = login.opts<Omit<LoginOptions, 'keyFile'> & Typed>();
    await runAuthLogin(context, { ...options, keyFile });
  });
  const logout = auth.add('logout').description('Forget what a profile logged in with.');
  logout.examples(['sallyport auth logout', 'sallyport auth logout --profile staging']);
  tree.act(logout, {}, async (context) => {
    const { runAuthLogout } = await import('../commands/auth-logout.ts');
    await runAuthLogout(context);
  });
  const status = auth
    .add('status')
    .description('Tell which service and which key are used, and what the key may do.');
  status.examples(['sallyport auth status']);
  tree.act(status, {}, async (context) => {
    const { runAuthStatus } = await import('../commands/auth-status.ts');
    await runAuthStatus(context);
  });
}

interface Typed {
  keyFile?: string;
}

function addConfig(tree: Tree): void {
  const config = tree.program
    .add('config')
    .description('What holds on this machine, and the profiles of several logins.');
  if (!tree.wants('config')) return;
  const list = config
    .add('list')
    .description('Tell which service, profile and key are used. Never shows the key.')
    .option('--show-origin', 'And where each was set.');
  list.examples(['sallyport config list --show-origin']);
  tree.act(list, {}, async (context) => {
    const { runConfigList } = await import('../commands/config.ts');
    await runConfigList(context, list.opts<{ showOrigin?: true }>().showOrigin === true);
  });
  const profiles = config.add('profiles').description('List the profiles.');
  profiles.examples(['sallyport config profiles']);
  tree.act(profiles, {}, async (context) => {
    const { runConfigProfiles } = await import('../commands/config.ts');
    await runConfigProfiles(context);
  });
  const use = config
    .add('use')
    .description('Use this profile from now on.')
    .argument('<profile>', 'Its name, as it was given with --profile.');
  use.examples(['sallyport config use staging']);
  tree.act(use, {}, async (context, [name]) => {
    const { runConfigUse } = await import('../commands/config.ts');
    await runConfigUse(context, name!);
  });
}
