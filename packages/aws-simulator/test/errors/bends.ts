// Requests of the SDK that are changed on their way: what only a broken client would send.

interface Request {
  path: string;
  body?: unknown;
  readonly headers: Record<string, string>;
}

export interface Bend {
  /** `build` is before the request is signed, `finalizeRequest` after. */
  readonly step: 'build' | 'finalizeRequest';
  change(request: Request): void;
}

interface Bendable {
  readonly middlewareStack: { add(middleware: never, options: never): void };
}

/** The command itself, whose request will be changed. */
export function bent<C>(command: C & Bendable, bend?: Bend): C {
  if (!bend) return command;
  const middleware =
    (next: (args: unknown) => unknown) =>
    (args: { readonly request: Request }): unknown => {
      bend.change(args.request);
      return next(args);
    };
  const priority = bend.step === 'build' ? 'high' : 'low';
  const options = { step: bend.step, priority, name: 'bend' };
  command.middlewareStack.add(middleware as never, options as never);
  return command;
}

/** @param value left out, the header is removed. */
export function header(name: string, value?: string, step: Bend['step'] = 'finalizeRequest'): Bend {
  return {
    step,
    change: ({ headers }) => {
      if (value === undefined) delete headers[name];
      else headers[name] = value;
    },
  };
}

export function body(change: (old: string) => string): Bend {
  return {
    step: 'build',
    change: (request) => {
      const old = request.body;
      request.body = change(typeof old === 'string' ? old : '');
    },
  };
}

export function path(to: string): Bend {
  return {
    step: 'build',
    change: (request) => {
      request.path = to;
    },
  };
}
