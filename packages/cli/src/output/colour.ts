// Whether a stream gets colours: what the person says wins, and else it is whether one looks.

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `NO_COLOR` wins over what forces, as no-color.org has it, and what forces over what says that
 * colours are of no use. A variable that is empty says nothing.
 */
export function wantsColour(env: Environment, isTerminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.CLICOLOR_FORCE && env.CLICOLOR_FORCE !== '0') return true;
  return isTerminal && env.TERM !== 'dumb' && env.CLICOLOR !== '0';
}
