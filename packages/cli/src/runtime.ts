// What a command gets of the world around it. Made in main.ts; nothing else reads the process.

import type { Middleware, Sallyport } from '@sallyport/sdk';
import type { Format } from './output/format.ts';
import type { Settings } from './profiles/settings.ts';

/** A stream to write to, and what is known of who reads it. */
export interface Sink {
  /** Writes text that is harmless already: what a renderer made, with its own colours. */
  write(text: string): void;
  isTerminal: boolean;
  /** The width of the terminal; undefined where a line may be of any length. */
  columns: number | undefined;
  /** Whether colours are wanted. */
  colour: boolean;
  /** Whether the line can be written over, as a status line is. */
  rewrites: boolean;
}

export interface GlobalOptions {
  /** As given on the command line; what holds is in the settings. */
  url: string | undefined;
  profile: string | undefined;
  output: Format;
  /** Members to show in place of the usual ones, as they were typed. */
  columns: readonly string[] | undefined;
  /** Whether tables and CSV begin with the names of their columns. */
  headers: boolean;
  /** Whether each request is shown; as a curl command, if so said. */
  debug: boolean | 'curl';
  yes: boolean;
}

/** The process, as far as commands may see it. */
export interface Runtime {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  /** Data, and nothing but data. */
  out: Sink;
  err: Sink;
  /** Opens it, which takes time: few commands read. */
  stdin(): NodeJS.ReadStream;
  /** Aborts when the person interrupts. */
  signal: AbortSignal;
  now(): number;
  /** From now on this text is blanked out of everything written to `err`. */
  hide(secret: string): void;
}

export interface Context extends Runtime {
  options: GlobalOptions;
  /**
   * Which service is meant, and who told so.
   * @throws CommandError when the profile is not there
   */
  settings(how?: { isNew?: boolean }): Promise<Settings>;
  /** One line to the person, on stderr: disarmed, so anything may be in it. */
  say(line: string): void;
  /** @throws CommandError when there is no key, or no valid URL */
  client(options?: {
    anonymous?: boolean;
    apiKey?: string;
    /** Where that key came from, for people. */
    keySource?: string | undefined;
    middleware?: Middleware;
  }): Promise<Sallyport>;
}
