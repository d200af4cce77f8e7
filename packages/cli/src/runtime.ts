// What a command gets of the world around it. Made in main.ts; nothing else reads the process.

import type { Middleware, Sallyport } from '@sallyport/sdk';
import type { Format } from './output/format.ts';

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
  url: string;
  output: Format;
  /** Members to show in place of the usual ones, as they were typed. */
  columns: readonly string[] | undefined;
  /** Whether tables and CSV begin with the names of their columns. */
  headers: boolean;
  debug: boolean;
  yes: boolean;
}

/** The process, as far as commands may see it. */
export interface Runtime {
  env: Readonly<Record<string, string | undefined>>;
  /** Data, and nothing but data. */
  out: Sink;
  err: Sink;
  stdin: NodeJS.ReadableStream;
  stdinIsTerminal: boolean;
  /** Aborts when the person interrupts. */
  signal: AbortSignal;
  now(): number;
  /** From now on this text is blanked out of everything written to `err`. */
  hide(secret: string): void;
}

export interface Context extends Runtime {
  options: GlobalOptions;
  /** One line to the person, on stderr: disarmed, so anything may be in it. */
  say(line: string): void;
  /** @throws CommandError when there is no key, or no valid URL */
  client(options?: { anonymous?: boolean; middleware?: Middleware }): Promise<Sallyport>;
}
