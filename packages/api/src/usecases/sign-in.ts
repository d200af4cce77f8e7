// How staff sign in, told to anybody who asks: a command line has to know before it has a key.

import { keysOnly, type SignIn } from '../domain/sign-in.ts';
import type { Context } from './context.ts';

export function describe({ signIn = keysOnly }: Pick<Context, 'signIn'>): SignIn {
  return signIn;
}
