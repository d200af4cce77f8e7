// The AWS SDK is not a dependency: whoever uses what needs it installs it, and is told so.
import { SallyportError } from '../errors.ts';

/** A package that is needed for this is not installed. */
export class MissingPeerError extends SallyportError {
  static override readonly kind = 'MissingPeerError';
  readonly package: string;
  /** The command that installs it. */
  readonly command: string;

  constructor(name: string, cause: unknown) {
    const command = `npm install ${name}`;
    super(`${name} is not installed, and this needs it. Run: ${command}`, undefined, cause);
    this.package = name;
    this.command = command;
  }
}
