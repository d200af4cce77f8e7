// How staff sign in: the one thing that is read without a key.

import { Extension, Get, OperationId, Request, Route, Tags } from '../decorators.ts';
import * as signIn from '../../usecases/sign-in.ts';
import type { Call } from '../call.ts';
import { toWire } from '../wire/names.ts';
import type { SignIn } from '../wire/sign-in.ts';

@Route('v1/sign-in')
@Tags('api-keys')
export class SignInController {
  /**
   * Tell how staff sign in: with keys, with an identity provider, or both.
   */
  @Get()
  @OperationId('getSignIn')
  @Extension('x-roles', ['anyone'])
  @Extension('x-staff', true)
  @Extension('x-sdk', 'signIn.get')
  async get(@Request() call: Call): Promise<SignIn> {
    return toWire(signIn.describe(call.context));
  }
}
