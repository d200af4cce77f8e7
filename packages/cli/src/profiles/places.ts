// Where the command line keeps what it remembers between two commands.

import os from 'node:os';
import path from 'node:path';

export interface Place {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
}

/** `SALLYPORT_CONFIG_DIR`, else a folder below that of all settings of this person. */
export function configFolder({ env, platform }: Place): string {
  if (env.SALLYPORT_CONFIG_DIR) return env.SALLYPORT_CONFIG_DIR;
  return path.join(settingsFolder(env, platform), 'sallyport');
}

/** What may be lost at any time. */
export function cacheFolder({ env, platform }: Place): string {
  if (env.SALLYPORT_CONFIG_DIR) return path.join(env.SALLYPORT_CONFIG_DIR, 'cache');
  if (env.XDG_CACHE_HOME) return path.join(env.XDG_CACHE_HOME, 'sallyport');
  if (platform === 'win32' && env.LOCALAPPDATA) return path.join(env.LOCALAPPDATA, 'sallyport');
  return path.join(home(env), '.cache', 'sallyport');
}

function settingsFolder(env: Place['env'], platform: Place['platform']): string {
  if (env.XDG_CONFIG_HOME) return env.XDG_CONFIG_HOME;
  if (platform === 'win32' && env.APPDATA) return env.APPDATA;
  return path.join(home(env), '.config');
}

function home(env: Place['env']): string {
  return env.HOME || os.homedir();
}
