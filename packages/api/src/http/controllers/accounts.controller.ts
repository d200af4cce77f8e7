// Customers' AWS accounts and the proof that they own them.

import {
  Body,
  Delete,
  Extension,
  Get,
  OperationId,
  Path,
  Post,
  Put,
  Query,
  Request,
  Route,
  Security,
  SuccessResponse,
  Tags,
} from '../decorators.ts';
import type { Standing } from '../../domain/account.ts';
import * as accounts from '../../usecases/accounts.ts';
import * as proofRoles from '../../usecases/proof-roles.ts';
import * as proofs from '../../usecases/proofs.ts';
import * as tokenIssuers from '../../usecases/token-issuers.ts';
import * as declarations from '../../usecases/declarations.ts';
import { declared, type Call } from '../call.ts';
import type {
  Account,
  AccountAttest,
  AccountCreate,
  Challenge,
  ProofSubmit,
  TokenIssuerForget,
  AccountPut,
} from '../wire/account.ts';
import type { Operation } from '../wire/operation.ts';
import type { ProofRole } from '../wire/proof-role.ts';
import type { AccountKey, CustomerKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import type { Timestamp } from '../wire/text.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/accounts')
@Tags('accounts')
export class AccountsController {
  /**
   * Claim an AWS account for a customer. A claim alone lets nobody in.
   */
  @Post()
  @OperationId('createAccount')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'accounts.create')
  @Extension('x-error-codes', ['not_found', 'already_exists', 'customer_not_active'])
  @SuccessResponse(201, 'Created')
  async create(@Request() call: Call, @Body() body: AccountCreate): Promise<Account> {
    return toWire(accounts.show(await accounts.create(call.context, fromWire(body))));
  }

  /**
   * List accounts, oldest first, each with its standing. A customer sees its own.
   * @param standing Only accounts of this standing.
   * @param account_id The number of the AWS account.
   * @pattern account_id ^[0-9]{12}$
   * @param updated_since Leave out what was not changed since this moment.
   */
  @Get()
  @OperationId('listAccounts')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'accounts.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() customer_id?: CustomerKey,
    @Query() standing?: Standing,
    @Query() account_id?: string,
    @Query() updated_since?: Timestamp,
  ): Promise<Page<Account>> {
    const filter = fromWire({ customer_id, standing, account_id, updated_since });
    return toWire(await accounts.list(call.context, filter, call.page));
  }

  /**
   * Get an account by id or by its 12-digit number.
   */
  @Get('{id}')
  @OperationId('getAccount')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'accounts.get')
  @Extension('x-waiter', {
    name: 'waitUntilProven',
    field: 'standing',
    success: ['proven', 'attested', 'imported'],
    failure: ['disputed'],
    on_not_found: 'fail',
    interval_ms: 1000,
    timeout_ms: 300000,
  })
  async get(@Request() call: Call, @Path() id: AccountKey): Promise<Account> {
    return toWire(accounts.show(await accounts.get(call.context, id)));
  }

  /**
   * Have a customer have an account, by customer and number as `acme:222222222222`; claimed when it
   * is not there.
   *
   * The same again changes nothing and answers the same.
   */
  @Put('{id}')
  @OperationId('putAccount')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'accounts.put')
  @Extension('x-error-codes', ['customer_not_active'])
  @Extension('x-upsert', true)
  async put(
    @Request() call: Call,
    @Path() id: AccountKey,
    @Body() body?: AccountPut,
  ): Promise<Account> {
    const put = await declarations.putAccount(call.context, id, fromWire(body ?? {}));
    return toWire(accounts.show(declared(call, put)));
  }

  /**
   * Give an account up. Its principals leave the allowlist; live connections stay.
   */
  @Delete('{id}')
  @OperationId('deleteAccount')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'accounts.delete')
  @Extension('x-error-codes', ['customer_not_active'])
  @SuccessResponse(204, 'Done')
  async delete(@Request() call: Call, @Path() id: AccountKey): Promise<void> {
    await accounts.remove(call.context, id);
  }

  /**
   * Show the role that proves an account by itself, again and again: a role without permissions
   * that trusts the vendor with this customer's external id.
   */
  @Get('{id}/proof-role')
  @OperationId('getProofRole')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'accounts.getProofRole')
  async getProofRole(@Request() call: Call, @Path() id: AccountKey): Promise<ProofRole> {
    return toWire(await proofRoles.get(call.context, id));
  }

  /**
   * Ask for a challenge to sign. It lives five minutes and is used once.
   */
  @Post('{id}/challenges')
  @OperationId('createChallenge')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'accounts.createChallenge')
  @Extension('x-error-codes', ['customer_not_active'])
  @SuccessResponse(201, 'Created')
  async createChallenge(@Request() call: Call, @Path() id: AccountKey): Promise<Challenge> {
    return toWire(await proofs.challenge(call.context, id));
  }

  /**
   * Hand in a proof that answers a challenge: a signature, a web identity token, or the name of a
   * role that trusts the vendor. A worker asks AWS whose it is.
   */
  @Post('{id}/proofs')
  @OperationId('submitProof')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'accounts.submitProof')
  @Extension('x-error-codes', [
    'proof_refused',
    'challenge_not_usable',
    'customer_not_active',
    'too_many_open',
  ])
  @SuccessResponse(202, 'Accepted')
  async submitProof(
    @Request() call: Call,
    @Path() id: AccountKey,
    @Body() body: ProofSubmit,
  ): Promise<Operation> {
    return toWire(await proofs.submit(call.context, id, fromWire(body)));
  }

  /**
   * Vouch for an account without a proof. The reason is kept in the audit log.
   */
  @Post('{id}/attest')
  @OperationId('attestAccount')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'accounts.attest')
  @Extension('x-error-codes', ['account_disputed', 'customer_not_active'])
  async attest(
    @Request() call: Call,
    @Path() id: AccountKey,
    @Body() body: AccountAttest,
  ): Promise<Account> {
    return toWire(accounts.show(await accounts.attest(call.context, id, body.reason)));
  }

  /**
   * Take web identity tokens of another issuer for an account from now on: its next accepted token
   * says which one. For when AWS has given the account another issuer. Its standing stays.
   */
  @Post('{id}/forget-token-issuer')
  @OperationId('forgetTokenIssuer')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'accounts.forgetTokenIssuer')
  async forgetTokenIssuer(
    @Request() call: Call,
    @Path() id: AccountKey,
    @Body() body: TokenIssuerForget,
  ): Promise<Account> {
    return toWire(accounts.show(await tokenIssuers.forget(call.context, id, body.reason)));
  }
}
