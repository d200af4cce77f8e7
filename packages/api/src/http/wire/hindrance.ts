import type { Code, CommandLine, Prose } from './text.ts';

/** What stands in the way until somebody does something about it. */
export interface Hindrance {
  /**
   * `frozen`, `another_deployment`, `older_database`, `moved_database`, `principals_observed`,
   * `acceptance_observed`, `private_dns_observed`, `unmanaged_principal`, `contested_principal`,
   * `refused_principal`, `refused_connection`, `private_dns_blocked` or `role_denied`.
   */
  by: Code;
  /** What to do about it. */
  action: Prose;
  /** The command to begin with. */
  command: CommandLine;
}
