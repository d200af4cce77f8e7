import type { Actor } from '../../domain/errors.ts';
import type { CommandLine, Prose } from './text.ts';

/** What to do next, and who. */
export interface NextStep {
  actor: Actor;
  /** What to do. */
  action: Prose;
  /** The exact command that does it or helps with it; null when there is none. */
  command: CommandLine | null;
}
