// A command as it is described: what the help tells, completion suggests and the parser takes, in
// the words of commander, whose options and arguments these are. The parser itself is in parser.ts,
// and loaded for lines that are run.

import { Argument, Option } from 'commander';
import type { ExitCode } from '../exit-codes.ts';

/** Turns the text of an option into its value. @throws InvalidArgumentError */
type Parse<Value> = (text: string, before: Value) => Value;
type Run = (args: readonly string[]) => Promise<ExitCode>;

/** Made by `add` of the command above it. */
export class Command {
  readonly commands: Command[] = [];
  readonly options: Option[] = [];
  readonly arguments: Argument[] = [];
  readonly name: string;
  readonly parent: Command | undefined;
  about = '';
  exampleLines: readonly string[] = [];
  /** What the help says last. */
  noteLines: readonly string[] = [];
  /** The schema that it answers with, where its answer has columns. */
  schema: string | undefined;
  /** What it does; undefined for one that only holds others. */
  run: Run | undefined;
  /** What the options hold, told by the parser. */
  values: () => Record<string, unknown> = () => ({});

  constructor(name: string, parent?: Command) {
    this.name = name;
    this.parent = parent;
  }

  /** As one types it, with all its words. */
  get words(): string {
    return this.parent ? `${this.parent.words} ${this.name}` : this.name;
  }

  add(name: string): Command {
    const command = new Command(name, this);
    this.commands.push(command);
    return command;
  }

  description(text: string): this {
    this.about = text;
    return this;
  }

  argument(flags: string, about?: string): this {
    return this.addArgument(new Argument(flags, about));
  }

  addArgument(argument: Argument): this {
    this.arguments.push(argument);
    return this;
  }

  option<Value>(flags: string, about: string, parse?: Parse<Value>, initial?: Value): this {
    const option = new Option(flags, about).default(initial);
    return this.addOption(parse ? option.argParser(parse) : option);
  }

  requiredOption(flags: string, about: string): this {
    return this.addOption(new Option(flags, about).makeOptionMandatory());
  }

  addOption(option: Option): this {
    this.options.push(option);
    return this;
  }

  examples(lines: readonly string[]): this {
    this.exampleLines = lines;
    return this;
  }

  notes(lines: readonly string[]): this {
    this.noteLines = lines;
    return this;
  }

  /** As whoever described the options says that they are. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as commander has it
  opts<Values>(): Values {
    return this.values() as Values;
  }
}

/** A list of commands has room for the first sentence of each. */
export function firstSentence(text: string): string {
  return /^(.*?)\.( |$)/.exec(text)?.[1] ?? text;
}
