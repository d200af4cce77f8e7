// The operations, as methods of resources.
// Generated from openapi.json by `pnpm generate`; never edited.

import type { ApiPromise } from '../answer.ts';
import type { CallOptions } from '../options.ts';
import { PageList } from '../pagination.ts';
import type { Transport } from '../transport.ts';
import { waitUntil, type WaitOptions } from '../waiter.ts';
import type {
  AccessReport,
  Account,
  AccountAttest,
  AccountCreate,
  AccountPut,
  AdoptedPrincipals,
  ApiKey,
  ApiKeyCreate,
  ApiKeyRotate,
  ApiKeyWithSecret,
  Attestations,
  AttestationsCreate,
  AuditEntry,
  AuditHead,
  Caller,
  Challenge,
  Connection,
  ConnectionDecision,
  ConnectionHistory,
  ConnectionUpdate,
  Customer,
  CustomerCreate,
  CustomerOffboard,
  CustomerPut,
  CustomerResumed,
  CustomerSuspend,
  CustomerToken,
  CustomerTokenCreate,
  CustomerUpdate,
  Delivery,
  Deployment,
  DeploymentConfirm,
  DiagnoseEndpointOptions,
  Diagnosis,
  DriftReport,
  Effect,
  EndpointService,
  EndpointServiceCreate,
  EndpointServiceFreeze,
  EndpointServicePut,
  EndpointServiceRetire,
  EndpointServiceUpdate,
  Event,
  GetAccessReportOptions,
  GetAccountOptions,
  GetConnectionOptions,
  GetOffboardingOptions,
  GetOperationOptions,
  GetPrivateDnsOptions,
  Grant,
  GrantCreate,
  GrantPut,
  GrantUpdate,
  Import,
  ImportCreate,
  Invite,
  InviteRedeem,
  InviteWithToken,
  ListAccountsOptions,
  ListApiKeysOptions,
  ListAuditEntriesOptions,
  ListConnectionsOptions,
  ListCustomersOptions,
  ListDeliveriesOptions,
  ListEffectsOptions,
  ListEndpointServicesOptions,
  ListEventsOptions,
  ListGrantsOptions,
  ListOperationsOptions,
  ListOptions,
  ListPrincipalsOptions,
  ListProviderAccountsOptions,
  ListReconcileTargetsOptions,
  ListRunsOptions,
  ListWebhooksOptions,
  ModesUpdate,
  Note,
  NoteCreate,
  Observation,
  ObservationCreate,
  ObservationToken,
  ObservationUpload,
  Offboarding,
  Operation,
  Plan,
  Preflight,
  PreflightQuestion,
  Principal,
  PrincipalAdopt,
  PrincipalDecision,
  PrincipalsAdopt,
  PrivateDns,
  PrivateDnsPut,
  ProofRole,
  ProofSubmit,
  ProviderAccount,
  ProviderAccountCreate,
  ProviderAccountPut,
  ProviderAccountUpdate,
  ReconcileTarget,
  Run,
  Setup,
  SetupQuestion,
  SignIn,
  TokenIssuerForget,
  Webhook,
  WebhookCreate,
  WebhookSecretRotate,
  WebhookUpdate,
  WebhookWithSecret,
  WriteOptions,
} from './types.ts';

export class AuditEntriesResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Report who could reach a service at a moment, by whom and why they were allowed.
   *
   * From what was recorded then; `limits` says what is not known, as of the time before the
   * service
   * was registered.
   *
   * `GET /v1/access-report`. Roles: operator, support.
   * @example
   * ```ts
   * const accessReport = await client.auditEntries.accessReport({
   *   endpoint_service_id: '…',
   *   at: '2027-01-31T12:00:00Z',
   * });
   * ```
   */
  accessReport(options: GetAccessReportOptions): ApiPromise<AccessReport> {
    return this.#transport.send({ method: 'GET', path: '/v1/access-report', options });
  }

  /**
   * List audit entries, newest first.
   *
   * `GET /v1/audit-entries`. Roles: operator, support.
   * @example
   * ```ts
   * for await (const auditEntry of client.auditEntries.list()) {
   *   console.log(auditEntry);
   * }
   * ```
   */
  list(options?: ListAuditEntriesOptions): PageList<AuditEntry> {
    return new PageList(this.#transport, '/v1/audit-entries', [], options);
  }

  /**
   * Show the end of the chain of seals over the audit log.
   *
   * Note `seals` and `hash` elsewhere from time to time: an export is held to what you noted by
   * `sallyport audit verify --anchor`.
   *
   * `GET /v1/audit-entries/head`. Roles: operator, support.
   * @example
   * ```ts
   * const auditHead = await client.auditEntries.head();
   * ```
   */
  head(options?: CallOptions): ApiPromise<AuditHead> {
    return this.#transport.send({ method: 'GET', path: '/v1/audit-entries/head', options });
  }
}

export class AccountsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Claim an AWS account for a customer. A claim alone lets nobody in.
   *
   * `POST /v1/accounts`. Roles: operator, customer.
   * @example
   * ```ts
   * const account = await client.accounts.create({ account_id: '…' });
   * ```
   */
  create(body: AccountCreate, options?: WriteOptions): ApiPromise<Account> {
    return this.#transport.send({ method: 'POST', path: '/v1/accounts', body, options });
  }

  /**
   * List accounts, oldest first, each with its standing. A customer sees its own.
   *
   * `GET /v1/accounts`. Roles: operator, support, customer.
   * @example
   * ```ts
   * for await (const account of client.accounts.list()) {
   *   console.log(account);
   * }
   * ```
   */
  list(options?: ListAccountsOptions): PageList<Account> {
    return new PageList(this.#transport, '/v1/accounts', [], options);
  }

  /**
   * Get an account by id or by its 12-digit number.
   *
   * `GET /v1/accounts/{id}`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const account = await client.accounts.get(accountId);
   * ```
   */
  get(accountId: string, options?: GetAccountOptions): ApiPromise<Account> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/accounts/{id}',
      params: [accountId],
      options,
    });
  }

  /**
   * Waits until `standing` is `proven`, `attested` or `imported`; 300 s unless told otherwise.
   * @throws WaiterFailedError at once when it is `disputed`.
   * @throws WaiterTimeoutError when it may still get there, but has not in time.
   * @example
   * ```ts
   * const account = await client.accounts.waitUntilProven(accountId, { timeoutMs: 120_000 });
   * ```
   */
  waitUntilProven(accountId: string, options?: WaitOptions<Account>): Promise<Account> {
    return waitUntil(
      this.#transport,
      {
        path: '/v1/accounts/{id}',
        field: 'standing',
        success: ['proven', 'attested', 'imported'],
        failure: ['disputed'],
        states: ['claimed', 'proven', 'attested', 'imported', 'disputed', 'lapsed'],
        onNotFound: 'fail',
        intervalMs: 1000,
        timeoutMs: 300000,
      },
      [accountId],
      options,
    );
  }

  /**
   * Have a customer have an account, by customer and number as `acme:222222222222`; claimed when
   * it
   * is not there.
   *
   * The same again changes nothing and answers the same.
   *
   * `PUT /v1/accounts/{id}`. Roles: operator, customer.
   * @example
   * ```ts
   * const account = await client.accounts.put(accountId);
   * ```
   */
  put(accountId: string, body: AccountPut = {}, options?: WriteOptions): ApiPromise<Account> {
    return this.#transport.send({
      method: 'PUT',
      path: '/v1/accounts/{id}',
      params: [accountId],
      body,
      options,
    });
  }

  /**
   * Give an account up. Its principals leave the allowlist; live connections stay.
   *
   * `DELETE /v1/accounts/{id}`. Roles: operator, customer.
   * @example
   * ```ts
   * await client.accounts.delete(accountId);
   * ```
   */
  delete(accountId: string, options?: WriteOptions): ApiPromise<void> {
    return this.#transport.send({
      method: 'DELETE',
      path: '/v1/accounts/{id}',
      params: [accountId],
      options,
    });
  }

  /**
   * Vouch for an account without a proof. The reason is kept in the audit log.
   *
   * `POST /v1/accounts/{id}/attest`. Roles: operator.
   * @example
   * ```ts
   * const account = await client.accounts.attest(accountId, { reason: '…' });
   * ```
   */
  attest(accountId: string, body: AccountAttest, options?: WriteOptions): ApiPromise<Account> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/accounts/{id}/attest',
      params: [accountId],
      body,
      options,
    });
  }

  /**
   * Ask for a challenge to sign. It lives five minutes and is used once.
   *
   * `POST /v1/accounts/{id}/challenges`. Roles: operator, customer.
   * @example
   * ```ts
   * const challenge = await client.accounts.createChallenge(accountId);
   * ```
   */
  createChallenge(accountId: string, options?: WriteOptions): ApiPromise<Challenge> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/accounts/{id}/challenges',
      params: [accountId],
      options,
    });
  }

  /**
   * Take web identity tokens of another issuer for an account from now on: its next accepted
   * token
   * says which one. For when AWS has given the account another issuer. Its standing stays.
   *
   * `POST /v1/accounts/{id}/forget-token-issuer`. Roles: operator.
   * @example
   * ```ts
   * const account = await client.accounts.forgetTokenIssuer(accountId, { reason: '…' });
   * ```
   */
  forgetTokenIssuer(
    accountId: string,
    body: TokenIssuerForget,
    options?: WriteOptions,
  ): ApiPromise<Account> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/accounts/{id}/forget-token-issuer',
      params: [accountId],
      body,
      options,
    });
  }

  /**
   * Show the role that proves an account by itself, again and again: a role without permissions
   * that trusts the vendor with this customer's external id.
   *
   * `GET /v1/accounts/{id}/proof-role`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const proofRole = await client.accounts.getProofRole(accountId);
   * ```
   */
  getProofRole(accountId: string, options?: CallOptions): ApiPromise<ProofRole> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/accounts/{id}/proof-role',
      params: [accountId],
      options,
    });
  }

  /**
   * Hand in a proof that answers a challenge: a signature, a web identity token, or the name of
   * a
   * role that trusts the vendor. A worker asks AWS whose it is.
   *
   * `POST /v1/accounts/{id}/proofs`. Roles: operator, customer.
   * @example
   * ```ts
   * const operation = await client.accounts.submitProof(accountId, { challenge_id: '…' });
   * ```
   */
  submitProof(accountId: string, body: ProofSubmit, options?: WriteOptions): ApiPromise<Operation> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/accounts/{id}/proofs',
      params: [accountId],
      body,
      options,
    });
  }

  /**
   * Vouch for many accounts without a proof, with a result for each.
   *
   * One that is refused leaves the others as they are; `validate_only` tells beforehand. The
   * same
   * again changes nothing.
   *
   * `POST /v1/attestations`. Roles: operator.
   * @example
   * ```ts
   * const attestations = await client.accounts.attestAll({ reason: '…', accounts: ['…'] });
   * ```
   */
  attestAll(body: AttestationsCreate, options?: WriteOptions): ApiPromise<Attestations> {
    return this.#transport.send({ method: 'POST', path: '/v1/attestations', body, options });
  }
}

export class ApiKeysResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Make a key. The secret is shown only in this answer.
   *
   * A customer makes keys of its own.
   *
   * `POST /v1/api-keys`. Roles: operator, customer.
   * @example
   * ```ts
   * const apiKeyWithSecret = await client.apiKeys.create({ name: '…', role: 'operator' });
   * ```
   */
  create(body: ApiKeyCreate, options?: WriteOptions): ApiPromise<ApiKeyWithSecret> {
    return this.#transport.send({ method: 'POST', path: '/v1/api-keys', body, options });
  }

  /**
   * List keys, oldest first, without their secrets. A customer sees its own.
   *
   * `GET /v1/api-keys`. Roles: operator, support, customer.
   * @example
   * ```ts
   * for await (const apiKey of client.apiKeys.list()) {
   *   console.log(apiKey);
   * }
   * ```
   */
  list(options?: ListApiKeysOptions): PageList<ApiKey> {
    return new PageList(this.#transport, '/v1/api-keys', [], options);
  }

  /**
   * Get a key, without its secret.
   *
   * `GET /v1/api-keys/{id}`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const apiKey = await client.apiKeys.get(apiKeyId);
   * ```
   */
  get(apiKeyId: string, options?: CallOptions): ApiPromise<ApiKey> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/api-keys/{id}',
      params: [apiKeyId],
      options,
    });
  }

  /**
   * Revoke a key, at once.
   *
   * `DELETE /v1/api-keys/{id}`. Roles: operator, customer.
   * @example
   * ```ts
   * await client.apiKeys.revoke(apiKeyId);
   * ```
   */
  revoke(apiKeyId: string, options?: WriteOptions): ApiPromise<void> {
    return this.#transport.send({
      method: 'DELETE',
      path: '/v1/api-keys/{id}',
      params: [apiKeyId],
      options,
    });
  }

  /**
   * Rotate a key: a new one takes its place, and the old one ends after a while.
   *
   * Both work until then, and no more than these two: a key that has ended, or one of two that
   * are
   * live, is refused with `invalid_state_transition`. The new one has the name, the role and the
   * scopes of the old one. Its secret is shown only in this answer.
   *
   * `POST /v1/api-keys/{id}/rotate`. Roles: operator, customer.
   * @example
   * ```ts
   * const apiKeyWithSecret = await client.apiKeys.rotate(apiKeyId);
   * ```
   */
  rotate(
    apiKeyId: string,
    body: ApiKeyRotate = {},
    options?: WriteOptions,
  ): ApiPromise<ApiKeyWithSecret> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/api-keys/{id}/rotate',
      params: [apiKeyId],
      body,
      options,
    });
  }
}

export class CallerResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Tell who is calling: the role, the customer and the scopes of the key that was sent.
   *
   * `GET /v1/caller`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const caller = await client.caller.get();
   * ```
   */
  get(options?: CallOptions): ApiPromise<Caller> {
    return this.#transport.send({ method: 'GET', path: '/v1/caller', options });
  }
}

export class ConnectionsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List connections, oldest first, as AWS last showed them. A customer sees its own.
   *
   * `GET /v1/connections`. Roles: operator, support, customer.
   * @example
   * ```ts
   * for await (const connection of client.connections.list()) {
   *   console.log(connection);
   * }
   * ```
   */
  list(options?: ListConnectionsOptions): PageList<Connection> {
    return new PageList(this.#transport, '/v1/connections', [], options);
  }

  /**
   * Get a connection by id or by its `vpce-…`.
   *
   * `GET /v1/connections/{id}`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const connection = await client.connections.get(connectionId);
   * ```
   */
  get(connectionId: string, options?: GetConnectionOptions): ApiPromise<Connection> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/connections/{id}',
      params: [connectionId],
      options,
    });
  }

  /**
   * Waits until `state` is `available`; 600 s unless told otherwise.
   *
   * The resource need not be there yet.
   * @throws WaiterFailedError at once when it is `rejected`, `failed`, `expired`, `deleting` or
   * `deleted`.
   * @throws WaiterTimeoutError when it may still get there, but has not in time.
   * @example
   * ```ts
   * const connection = await client.connections.waitUntilAvailable(connectionId, { timeoutMs:
   * 120_000 });
   * ```
   */
  waitUntilAvailable(connectionId: string, options?: WaitOptions<Connection>): Promise<Connection> {
    return waitUntil(
      this.#transport,
      {
        path: '/v1/connections/{id}',
        field: 'state',
        success: ['available'],
        failure: ['rejected', 'failed', 'expired', 'deleting', 'deleted'],
        states: [
          'pendingAcceptance',
          'pending',
          'available',
          'deleting',
          'deleted',
          'rejected',
          'failed',
          'expired',
          'partial',
          'unknown',
        ],
        onNotFound: 'wait',
        intervalMs: 1000,
        timeoutMs: 600000,
      },
      [connectionId],
      options,
    );
  }

  /**
   * Say what only the customer knows of a connection: how its clients find the endpoint.
   *
   * `PATCH /v1/connections/{id}`. Roles: operator, customer.
   * @example
   * ```ts
   * const connection = await client.connections.update(connectionId);
   * ```
   */
  update(
    connectionId: string,
    body: ConnectionUpdate = {},
    options?: WriteOptions,
  ): ApiPromise<Connection> {
    return this.#transport.send({
      method: 'PATCH',
      path: '/v1/connections/{id}',
      params: [connectionId],
      body,
      options,
    });
  }

  /**
   * Let a connection in that policy holds. Its account must have standing.
   *
   * The answer tells the decision; a worker carries it out within seconds. A connection that has
   * ended, or whose service is ending, is refused with `invalid_state_transition`.
   *
   * `POST /v1/connections/{id}/accept`. Roles: operator.
   * @example
   * ```ts
   * const connection = await client.connections.accept(connectionId);
   * ```
   */
  accept(
    connectionId: string,
    body: ConnectionDecision = {},
    options?: WriteOptions,
  ): ApiPromise<Connection> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/connections/{id}/accept',
      params: [connectionId],
      body,
      options,
    });
  }

  /**
   * Tell whether the connection works, why not, and whose turn it is.
   *
   * `GET /v1/connections/{id}/diagnosis`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const diagnosis = await client.connections.diagnose(connectionId);
   * ```
   */
  diagnose(connectionId: string, options?: CallOptions): ApiPromise<Diagnosis> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/connections/{id}/diagnosis',
      params: [connectionId],
      options,
    });
  }

  /**
   * Show each state that the connection was seen in.
   *
   * `GET /v1/connections/{id}/history`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const connectionHistory = await client.connections.history(connectionId);
   * ```
   */
  history(connectionId: string, options?: CallOptions): ApiPromise<ConnectionHistory> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/connections/{id}/history',
      params: [connectionId],
      options,
    });
  }

  /**
   * Cut a connection off. The customer must make a new endpoint to come back.
   *
   * It may be up, or wait for acceptance. The answer tells the decision; a worker carries it out
   * within seconds. One that has ended is refused with `invalid_state_transition`.
   *
   * `POST /v1/connections/{id}/reject`. Roles: operator.
   * @example
   * ```ts
   * const connection = await client.connections.reject(connectionId);
   * ```
   */
  reject(
    connectionId: string,
    body: ConnectionDecision = {},
    options?: WriteOptions,
  ): ApiPromise<Connection> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/connections/{id}/reject',
      params: [connectionId],
      body,
      options,
    });
  }
}

export class ConnectionsNotesResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Write a note about a connection, for the vendor's people. Customers never see it.
   *
   * `POST /v1/connections/{id}/notes`. Roles: operator, support.
   * @example
   * ```ts
   * const note = await client.connections.notes.create(connectionId, { text: '…' });
   * ```
   */
  create(connectionId: string, body: NoteCreate, options?: WriteOptions): ApiPromise<Note> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/connections/{id}/notes',
      params: [connectionId],
      body,
      options,
    });
  }

  /**
   * List the notes about a connection, the newest first.
   *
   * `GET /v1/connections/{id}/notes`. Roles: operator, support.
   * @example
   * ```ts
   * for await (const note of client.connections.notes.list(connectionId)) {
   *   console.log(note);
   * }
   * ```
   */
  list(connectionId: string, options?: ListOptions): PageList<Note> {
    return new PageList(this.#transport, '/v1/connections/{id}/notes', [connectionId], options);
  }

  /**
   * Delete a note. What it said stays in the audit log.
   *
   * `DELETE /v1/connections/{id}/notes/{note_id}`. Roles: operator, support.
   * @example
   * ```ts
   * await client.connections.notes.delete(connectionId, noteId);
   * ```
   */
  delete(connectionId: string, noteId: string, options?: WriteOptions): ApiPromise<void> {
    return this.#transport.send({
      method: 'DELETE',
      path: '/v1/connections/{id}/notes/{note_id}',
      params: [connectionId, noteId],
      options,
    });
  }
}

export class ConnectionsObservationsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Make a token with which a script reports on a connection once. It lives fifteen minutes.
   *
   * `POST /v1/connections/{id}/observation-tokens`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const observationToken = await client.connections.observations.createToken(connectionId);
   * ```
   */
  createToken(connectionId: string, options?: WriteOptions): ApiPromise<ObservationToken> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/connections/{id}/observation-tokens',
      params: [connectionId],
      options,
    });
  }

  /**
   * Report what the customer's side sees of a connection: its DNS, TCP, TLS, security groups.
   *
   * `POST /v1/connections/{id}/observations`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const observation = await client.connections.observations.create(connectionId);
   * ```
   */
  create(
    connectionId: string,
    body: ObservationCreate = {},
    options?: WriteOptions,
  ): ApiPromise<Observation> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/connections/{id}/observations',
      params: [connectionId],
      body,
      options,
    });
  }

  /**
   * List what the customer's side has reported of a connection, the newest first.
   *
   * `GET /v1/connections/{id}/observations`. Roles: operator, support, customer.
   * @example
   * ```ts
   * for await (const observation of client.connections.observations.list(connectionId)) {
   *   console.log(observation);
   * }
   * ```
   */
  list(connectionId: string, options?: ListOptions): PageList<Observation> {
    return new PageList(
      this.#transport,
      '/v1/connections/{id}/observations',
      [connectionId],
      options,
    );
  }
}

export class CustomersResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create a customer. A grant lets it use a service, and an invite gives it a key of its own.
   *
   * `POST /v1/customers`. Roles: operator.
   * @example
   * ```ts
   * const customer = await client.customers.create({ external_id: '…', name: '…' });
   * ```
   */
  create(body: CustomerCreate, options?: WriteOptions): ApiPromise<Customer> {
    return this.#transport.send({ method: 'POST', path: '/v1/customers', body, options });
  }

  /**
   * List customers, oldest first.
   *
   * `GET /v1/customers`. Roles: operator, support.
   * @example
   * ```ts
   * for await (const customer of client.customers.list()) {
   *   console.log(customer);
   * }
   * ```
   */
  list(options?: ListCustomersOptions): PageList<Customer> {
    return new PageList(this.#transport, '/v1/customers', [], options);
  }

  /**
   * Get a customer by id or by `external_id`.
   *
   * `GET /v1/customers/{id}`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const customer = await client.customers.get(customerId);
   * ```
   */
  get(customerId: string, options?: CallOptions): ApiPromise<Customer> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/customers/{id}',
      params: [customerId],
      options,
    });
  }

  /**
   * Have a customer be as declared, by its `external_id`; made when it is not there.
   *
   * The same again changes nothing and answers the same.
   *
   * `PUT /v1/customers/{id}`. Roles: operator.
   * @example
   * ```ts
   * const customer = await client.customers.put(customerId, { name: '…' });
   * ```
   */
  put(customerId: string, body: CustomerPut, options?: WriteOptions): ApiPromise<Customer> {
    return this.#transport.send({
      method: 'PUT',
      path: '/v1/customers/{id}',
      params: [customerId],
      body,
      options,
    });
  }

  /**
   * Change the name, the metadata, the contacts, or which role may prove the accounts.
   *
   * `PATCH /v1/customers/{id}`. Roles: operator.
   * @example
   * ```ts
   * const customer = await client.customers.update(customerId);
   * ```
   */
  update(
    customerId: string,
    body: CustomerUpdate = {},
    options?: WriteOptions,
  ): ApiPromise<Customer> {
    return this.#transport.send({
      method: 'PATCH',
      path: '/v1/customers/{id}',
      params: [customerId],
      body,
      options,
    });
  }

  /**
   * Let a customer leave: principals go, then connections are rejected unless the policy says
   * otherwise, then it is proven that nothing is left. Look at its offboarding first.
   *
   * There is no way back; asked for again it gives the operation that is under way. One that has
   * left is refused with `invalid_state_transition`.
   *
   * `POST /v1/customers/{id}/offboard`. Roles: operator.
   * @example
   * ```ts
   * const operation = await client.customers.offboard(customerId);
   * ```
   */
  offboard(
    customerId: string,
    body: CustomerOffboard = {},
    options?: WriteOptions,
  ): ApiPromise<Operation> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/customers/{id}/offboard',
      params: [customerId],
      body,
      options,
    });
  }

  /**
   * Show what is left of a customer on each service, and what is done about it as it leaves.
   *
   * By what AWS last showed. Before it leaves this is a preview, under the policy asked for.
   *
   * `GET /v1/customers/{id}/offboarding`. Roles: operator, support.
   * @example
   * ```ts
   * const offboarding = await client.customers.getOffboarding(customerId);
   * ```
   */
  getOffboarding(customerId: string, options?: GetOffboardingOptions): ApiPromise<Offboarding> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/customers/{id}/offboarding',
      params: [customerId],
      options,
    });
  }

  /**
   * Resume a suspended customer: what its grants want comes back.
   *
   * A connection that was rejected never does: the customer makes a new endpoint. The answer
   * names
   * them. One that leaves, or has left, is refused with `invalid_state_transition`.
   *
   * `POST /v1/customers/{id}/resume`. Roles: operator.
   * @example
   * ```ts
   * const customerResumed = await client.customers.resume(customerId);
   * ```
   */
  resume(customerId: string, options?: WriteOptions): ApiPromise<CustomerResumed> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/customers/{id}/resume',
      params: [customerId],
      options,
    });
  }

  /**
   * Suspend a customer: nothing new is accepted. What becomes of its principals and live
   * connections is up to the policy. One that leaves, or has left, is refused with
   * `invalid_state_transition`.
   *
   * `POST /v1/customers/{id}/suspend`. Roles: operator.
   * @example
   * ```ts
   * const operation = await client.customers.suspend(customerId, { reason: '…' });
   * ```
   */
  suspend(
    customerId: string,
    body: CustomerSuspend,
    options?: WriteOptions,
  ): ApiPromise<Operation> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/customers/{id}/suspend',
      params: [customerId],
      body,
      options,
    });
  }
}

export class CustomersInvitesResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Make a one-time invite. Its token is shown only in this answer.
   *
   * `POST /v1/customers/{id}/invites`. Roles: operator.
   * @example
   * ```ts
   * const inviteWithToken = await client.customers.invites.create(customerId);
   * ```
   */
  create(customerId: string, options?: WriteOptions): ApiPromise<InviteWithToken> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/customers/{id}/invites',
      params: [customerId],
      options,
    });
  }

  /**
   * List the invites of a customer, oldest first, without their tokens.
   *
   * `GET /v1/customers/{id}/invites`. Roles: operator, support.
   * @example
   * ```ts
   * for await (const invite of client.customers.invites.list(customerId)) {
   *   console.log(invite);
   * }
   * ```
   */
  list(customerId: string, options?: ListOptions): PageList<Invite> {
    return new PageList(this.#transport, '/v1/customers/{id}/invites', [customerId], options);
  }

  /**
   * Revoke an invite. One that was redeemed is refused with `invalid_state_transition`: revoke
   * the
   * key that it gave.
   *
   * `DELETE /v1/customers/{id}/invites/{invite_id}`. Roles: operator.
   * @example
   * ```ts
   * await client.customers.invites.revoke(customerId, inviteId);
   * ```
   */
  revoke(customerId: string, inviteId: string, options?: WriteOptions): ApiPromise<void> {
    return this.#transport.send({
      method: 'DELETE',
      path: '/v1/customers/{id}/invites/{invite_id}',
      params: [customerId, inviteId],
      options,
    });
  }
}

export class CustomersTokensResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Make a short-lived token for a session of your portal. It is shown only in this answer.
   *
   * Who has it is this customer, for minutes, within the scopes. It ends at once when the
   * customer
   * is suspended or has left, and when the key that made it is revoked.
   *
   * `POST /v1/customers/{id}/tokens`. Roles: operator.
   * @example
   * ```ts
   * const customerToken = await client.customers.tokens.create(customerId);
   * ```
   */
  create(
    customerId: string,
    body: CustomerTokenCreate = {},
    options?: WriteOptions,
  ): ApiPromise<CustomerToken> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/customers/{id}/tokens',
      params: [customerId],
      body,
      options,
    });
  }
}

export class DeploymentResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Show which Sallyport this is, and whether its database may change anything in AWS.
   *
   * `GET /v1/deployment`. Roles: operator, support.
   * @example
   * ```ts
   * const deployment = await client.deployment.get();
   * ```
   */
  get(options?: CallOptions): ApiPromise<Deployment> {
    return this.#transport.send({ method: 'GET', path: '/v1/deployment', options });
  }

  /**
   * Confirm that this database is the one that manages its services. Look at their plans first.
   *
   * It ends every quarantine, under a new id: a Sallyport on the database that this one was
   * copied
   * of stands still once this one has changed something. Stop it before you confirm.
   *
   * `POST /v1/deployment/confirm`. Roles: operator.
   * @example
   * ```ts
   * const deployment = await client.deployment.confirm({ reason: '…' });
   * ```
   */
  confirm(body: DeploymentConfirm, options?: WriteOptions): ApiPromise<Deployment> {
    return this.#transport.send({ method: 'POST', path: '/v1/deployment/confirm', body, options });
  }
}

export class DiagnosesResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Tell of an endpoint by its `vpce-…`, seen or not, why it does not connect: of one that is
   * not
   * seen, where it was looked for, what keeps it out, and what to ask.
   *
   * `GET /v1/diagnoses/{id}`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const diagnosis = await client.diagnoses.get(diagnoseId);
   * ```
   */
  get(diagnoseId: string, options?: DiagnoseEndpointOptions): ApiPromise<Diagnosis> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/diagnoses/{id}',
      params: [diagnoseId],
      options,
    });
  }
}

export class EffectsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List the changes of AWS, newest first: what was intended, and what became of it.
   *
   * `GET /v1/effects`. Roles: operator, support.
   * @example
   * ```ts
   * for await (const effect of client.effects.list()) {
   *   console.log(effect);
   * }
   * ```
   */
  list(options?: ListEffectsOptions): PageList<Effect> {
    return new PageList(this.#transport, '/v1/effects', [], options);
  }
}

export class EndpointServicesResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Register an existing endpoint service, or create one from load balancers.
   *
   * A registered service starts in `observe`: nothing is changed in AWS until an aspect is
   * switched.
   *
   * `POST /v1/endpoint-services`. Roles: operator.
   * @example
   * ```ts
   * const endpointService = await client.endpointServices.create({
   *   name: '…',
   *   provider_account_id: '…',
   *   region: '…',
   * });
   * ```
   */
  create(body: EndpointServiceCreate, options?: WriteOptions): ApiPromise<EndpointService> {
    return this.#transport.send({ method: 'POST', path: '/v1/endpoint-services', body, options });
  }

  /**
   * List endpoint services, oldest first.
   *
   * `GET /v1/endpoint-services`. Roles: operator, support.
   * @example
   * ```ts
   * for await (const endpointService of client.endpointServices.list()) {
   *   console.log(endpointService);
   * }
   * ```
   */
  list(options?: ListEndpointServicesOptions): PageList<EndpointService> {
    return new PageList(this.#transport, '/v1/endpoint-services', [], options);
  }

  /**
   * Get an endpoint service by id or by AWS's `vpce-svc-…`.
   *
   * `GET /v1/endpoint-services/{id}`. Roles: operator, support.
   * @example
   * ```ts
   * const endpointService = await client.endpointServices.get(endpointServiceId);
   * ```
   */
  get(endpointServiceId: string, options?: CallOptions): ApiPromise<EndpointService> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/endpoint-services/{id}',
      params: [endpointServiceId],
      options,
    });
  }

  /**
   * Have a service be as declared, by AWS's `vpce-svc-…`; registered when it is not there.
   *
   * The same again changes nothing and answers the same.
   *
   * `PUT /v1/endpoint-services/{id}`. Roles: operator.
   * @example
   * ```ts
   * const endpointService = await client.endpointServices.put(endpointServiceId, {
   *   name: '…',
   *   provider_account_id: '…',
   *   region: '…',
   * });
   * ```
   */
  put(
    endpointServiceId: string,
    body: EndpointServicePut,
    options?: WriteOptions,
  ): ApiPromise<EndpointService> {
    return this.#transport.send({
      method: 'PUT',
      path: '/v1/endpoint-services/{id}',
      params: [endpointServiceId],
      body,
      options,
    });
  }

  /**
   * Rename an endpoint service, or say what becomes of entries that other hands remove.
   *
   * `PATCH /v1/endpoint-services/{id}`. Roles: operator.
   * @example
   * ```ts
   * const endpointService = await client.endpointServices.update(endpointServiceId);
   * ```
   */
  update(
    endpointServiceId: string,
    body: EndpointServiceUpdate = {},
    options?: WriteOptions,
  ): ApiPromise<EndpointService> {
    return this.#transport.send({
      method: 'PATCH',
      path: '/v1/endpoint-services/{id}',
      params: [endpointServiceId],
      body,
      options,
    });
  }

  /**
   * Forget an endpoint service without grants. Nothing changes in AWS: to delete it there,
   * retire
   * it first.
   *
   * It is refused with `in_use` while a grant names it, an entry of Sallyport's is still to
   * leave
   * its allowlist, or AWS has not deleted it yet.
   *
   * `DELETE /v1/endpoint-services/{id}`. Roles: operator.
   * @example
   * ```ts
   * await client.endpointServices.delete(endpointServiceId);
   * ```
   */
  delete(endpointServiceId: string, options?: WriteOptions): ApiPromise<void> {
    return this.#transport.send({
      method: 'DELETE',
      path: '/v1/endpoint-services/{id}',
      params: [endpointServiceId],
      options,
    });
  }

  /**
   * Show what differs from what is wanted, and since when, by what was last observed.
   *
   * `GET /v1/endpoint-services/{id}/drift`. Roles: operator, support.
   * @example
   * ```ts
   * const driftReport = await client.endpointServices.drift(endpointServiceId);
   * ```
   */
  drift(endpointServiceId: string, options?: CallOptions): ApiPromise<DriftReport> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/endpoint-services/{id}/drift',
      params: [endpointServiceId],
      options,
    });
  }

  /**
   * Freeze an endpoint service: from now on nothing of it is changed in AWS.
   *
   * It is read and reported on as before. What its grants want waits until it is unfrozen.
   *
   * `POST /v1/endpoint-services/{id}/freeze`. Roles: operator.
   * @example
   * ```ts
   * const endpointService = await client.endpointServices.freeze(endpointServiceId, { reason:
   * '…' });
   * ```
   */
  freeze(
    endpointServiceId: string,
    body: EndpointServiceFreeze,
    options?: WriteOptions,
  ): ApiPromise<EndpointService> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/endpoint-services/{id}/freeze',
      params: [endpointServiceId],
      body,
      options,
    });
  }

  /**
   * Switch aspects between `observe` and `manage`. Look at the plan first.
   *
   * `PATCH /v1/endpoint-services/{id}/modes`. Roles: operator.
   * @example
   * ```ts
   * const endpointService = await client.endpointServices.setModes(endpointServiceId);
   * ```
   */
  setModes(
    endpointServiceId: string,
    body: ModesUpdate = {},
    options?: WriteOptions,
  ): ApiPromise<EndpointService> {
    return this.#transport.send({
      method: 'PATCH',
      path: '/v1/endpoint-services/{id}/modes',
      params: [endpointServiceId],
      body,
      options,
    });
  }

  /**
   * Show what would change in AWS if every aspect were in `manage`.
   *
   * `GET /v1/endpoint-services/{id}/plan`. Roles: operator, support.
   * @example
   * ```ts
   * const plan = await client.endpointServices.plan(endpointServiceId);
   * ```
   */
  plan(endpointServiceId: string, options?: CallOptions): ApiPromise<Plan> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/endpoint-services/{id}/plan',
      params: [endpointServiceId],
      options,
    });
  }

  /**
   * Read AWS now and bring it in line, as far as the modes allow.
   *
   * `POST /v1/endpoint-services/{id}/reconcile`. Roles: operator, support.
   * @example
   * ```ts
   * const operation = await client.endpointServices.reconcile(endpointServiceId);
   * ```
   */
  reconcile(endpointServiceId: string, options?: WriteOptions): ApiPromise<Operation> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/endpoint-services/{id}/reconcile',
      params: [endpointServiceId],
      options,
    });
  }

  /**
   * Retire an endpoint service: nobody is let in any more, what lives is rejected, and AWS
   * deletes
   * it. There is no way back. Every aspect has to be in `manage`.
   *
   * Its registration stays, with the history of its connections, until it is deleted here too.
   *
   * `POST /v1/endpoint-services/{id}/retire`. Roles: operator.
   * @example
   * ```ts
   * const operation = await client.endpointServices.retire(endpointServiceId, { reason: '…' });
   * ```
   */
  retire(
    endpointServiceId: string,
    body: EndpointServiceRetire,
    options?: WriteOptions,
  ): ApiPromise<Operation> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/endpoint-services/{id}/retire',
      params: [endpointServiceId],
      body,
      options,
    });
  }

  /**
   * Unfreeze an endpoint service: it goes on as its modes say. Look at the plan first.
   *
   * `POST /v1/endpoint-services/{id}/unfreeze`. Roles: operator.
   * @example
   * ```ts
   * const endpointService = await client.endpointServices.unfreeze(endpointServiceId);
   * ```
   */
  unfreeze(endpointServiceId: string, options?: WriteOptions): ApiPromise<EndpointService> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/endpoint-services/{id}/unfreeze',
      params: [endpointServiceId],
      options,
    });
  }

  /**
   * List the entries of the allowlist that are there and not Sallyport's, wanted or not.
   *
   * `GET /v1/endpoint-services/{id}/unmanaged-principals`. Roles: operator, support.
   * @example
   * ```ts
   * for await (const principal of
   * client.endpointServices.listUnmanagedPrincipals(endpointServiceId)) {
   *   console.log(principal);
   * }
   * ```
   */
  listUnmanagedPrincipals(endpointServiceId: string, options?: ListOptions): PageList<Principal> {
    return new PageList(
      this.#transport,
      '/v1/endpoint-services/{id}/unmanaged-principals',
      [endpointServiceId],
      options,
    );
  }

  /**
   * Adopt several entries: all of them or, when one cannot be adopted, none.
   *
   * What no grant wants then leaves the allowlist as soon as principals are in `manage`.
   *
   * `POST /v1/endpoint-services/{id}/unmanaged-principals/adopt`. Roles: operator.
   * @example
   * ```ts
   * const adoptedPrincipals = await client.endpointServices.adoptPrincipals(endpointServiceId, {
   * principals: ['…'], reason: '…' });
   * ```
   */
  adoptPrincipals(
    endpointServiceId: string,
    body: PrincipalsAdopt,
    options?: WriteOptions,
  ): ApiPromise<AdoptedPrincipals> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/endpoint-services/{id}/unmanaged-principals/adopt',
      params: [endpointServiceId],
      body,
      options,
    });
  }

  /**
   * Adopt an entry that other hands have made, by its id or its ARN: from now on it is
   * Sallyport's.
   *
   * While a grant wants it, it stays. When none does, it leaves the allowlist as soon as
   * principals
   * are in `manage`: adoption is also how an entry made by hand is removed.
   *
   * `POST /v1/endpoint-services/{id}/unmanaged-principals/{principal}/adopt`. Roles: operator.
   * @example
   * ```ts
   * const principal = await client.endpointServices.adoptPrincipal(endpointServiceId,
   * principalKey, { reason: '…' });
   * ```
   */
  adoptPrincipal(
    endpointServiceId: string,
    principalKey: string,
    body: PrincipalAdopt,
    options?: WriteOptions,
  ): ApiPromise<Principal> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/endpoint-services/{id}/unmanaged-principals/{principal}/adopt',
      params: [endpointServiceId, principalKey],
      body,
      options,
    });
  }
}

export class PrivateDnsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Tell how far the private DNS name is.
   *
   * `GET /v1/endpoint-services/{id}/private-dns`. Roles: operator, support.
   * @example
   * ```ts
   * const privateDns = await client.privateDns.get(endpointServiceId);
   * ```
   */
  get(endpointServiceId: string, options?: GetPrivateDnsOptions): ApiPromise<PrivateDns> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/endpoint-services/{id}/private-dns',
      params: [endpointServiceId],
      options,
    });
  }

  /**
   * Waits until `state` is `verified`; 1800 s unless told otherwise.
   * @throws WaiterFailedError at once when it is `blocked`.
   * @throws WaiterTimeoutError when it may still get there, but has not in time.
   * @example
   * ```ts
   * const privateDns = await client.privateDns.waitUntilVerified(endpointServiceId, { timeoutMs:
   * 120_000 });
   * ```
   */
  waitUntilVerified(
    endpointServiceId: string,
    options?: WaitOptions<PrivateDns>,
  ): Promise<PrivateDns> {
    return waitUntil(
      this.#transport,
      {
        path: '/v1/endpoint-services/{id}/private-dns',
        field: 'state',
        success: ['verified'],
        failure: ['blocked'],
        states: [
          'absent',
          'configuring',
          'publishing',
          'verifying',
          'verified',
          'blocked',
          'failed',
        ],
        onNotFound: 'fail',
        intervalMs: 1000,
        timeoutMs: 1800000,
      },
      [endpointServiceId],
      options,
    );
  }

  /**
   * Want a private DNS name: the record is published, verified and watched.
   *
   * The answer tells how far it is; `wait` on a read of it tells when it is verified. A service
   * that is being retired gets none (`invalid_state_transition`).
   *
   * `PUT /v1/endpoint-services/{id}/private-dns`. Roles: operator.
   * @example
   * ```ts
   * const privateDns = await client.privateDns.put(endpointServiceId, { name: '…' });
   * ```
   */
  put(
    endpointServiceId: string,
    body: PrivateDnsPut,
    options?: WriteOptions,
  ): ApiPromise<PrivateDns> {
    return this.#transport.send({
      method: 'PUT',
      path: '/v1/endpoint-services/{id}/private-dns',
      params: [endpointServiceId],
      body,
      options,
    });
  }

  /**
   * Want no private DNS name. Only what Sallyport set itself is taken away.
   *
   * `DELETE /v1/endpoint-services/{id}/private-dns`. Roles: operator.
   * @example
   * ```ts
   * const privateDns = await client.privateDns.delete(endpointServiceId);
   * ```
   */
  delete(endpointServiceId: string, options?: WriteOptions): ApiPromise<PrivateDns> {
    return this.#transport.send({
      method: 'DELETE',
      path: '/v1/endpoint-services/{id}/private-dns',
      params: [endpointServiceId],
      options,
    });
  }

  /**
   * Have the private DNS name published and verified anew, at once.
   *
   * For when what kept it has been mended, or other hands have taken the record away: it is put
   * beside what is there, and AWS is asked to look. Without a name that is wanted there is
   * nothing
   * to verify (`invalid_state_transition`).
   *
   * `POST /v1/endpoint-services/{id}/private-dns/verify`. Roles: operator.
   * @example
   * ```ts
   * const privateDns = await client.privateDns.verify(endpointServiceId);
   * ```
   */
  verify(endpointServiceId: string, options?: WriteOptions): ApiPromise<PrivateDns> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/endpoint-services/{id}/private-dns/verify',
      params: [endpointServiceId],
      options,
    });
  }
}

export class EventsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List events, oldest first. Once you have read to the end, go on later with `after`: nothing
   * is
   * missed, and nothing comes twice.
   *
   * With `Accept: text/event-stream` they come as they happen (Server-Sent Events), from now on,
   * or
   * after the event that `Last-Event-ID` or `after` names.
   *
   * `GET /v1/events`. Roles: operator, support, customer.
   * @example
   * ```ts
   * for await (const event of client.events.list()) {
   *   console.log(event);
   * }
   * ```
   */
  list(options?: ListEventsOptions): PageList<Event> {
    return new PageList(this.#transport, '/v1/events', [], options);
  }

  /**
   * Get an event.
   *
   * `GET /v1/events/{id}`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const event = await client.events.get(eventId);
   * ```
   */
  get(eventId: string, options?: CallOptions): ApiPromise<Event> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/events/{id}',
      params: [eventId],
      options,
    });
  }
}

export class GrantsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Let a customer use an endpoint service.
   *
   * Its accounts that have standing get onto the allowlist, as far as the grant covers them.
   *
   * `POST /v1/grants`. Roles: operator.
   * @example
   * ```ts
   * const grant = await client.grants.create({
   *   customer_id: '…',
   *   endpoint_service_id: '…',
   * });
   * ```
   */
  create(body: GrantCreate, options?: WriteOptions): ApiPromise<Grant> {
    return this.#transport.send({ method: 'POST', path: '/v1/grants', body, options });
  }

  /**
   * List grants, oldest first. A customer sees its own.
   *
   * `GET /v1/grants`. Roles: operator, support, customer.
   * @example
   * ```ts
   * for await (const grant of client.grants.list()) {
   *   console.log(grant);
   * }
   * ```
   */
  list(options?: ListGrantsOptions): PageList<Grant> {
    return new PageList(this.#transport, '/v1/grants', [], options);
  }

  /**
   * Get a grant by id, or by customer and service as `acme:vpce-svc-…`.
   *
   * `GET /v1/grants/{id}`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const grant = await client.grants.get(grantId);
   * ```
   */
  get(grantId: string, options?: CallOptions): ApiPromise<Grant> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/grants/{id}',
      params: [grantId],
      options,
    });
  }

  /**
   * Have a grant be as declared, by customer and service as `acme:vpce-svc-…`; made when it is
   * not
   * there.
   *
   * The same again changes nothing and answers the same.
   *
   * `PUT /v1/grants/{id}`. Roles: operator.
   * @example
   * ```ts
   * const grant = await client.grants.put(grantId);
   * ```
   */
  put(grantId: string, body: GrantPut = {}, options?: WriteOptions): ApiPromise<Grant> {
    return this.#transport.send({
      method: 'PUT',
      path: '/v1/grants/{id}',
      params: [grantId],
      body,
      options,
    });
  }

  /**
   * Change what a grant covers, or its terms.
   *
   * `PATCH /v1/grants/{id}`. Roles: operator.
   * @example
   * ```ts
   * const grant = await client.grants.update(grantId);
   * ```
   */
  update(grantId: string, body: GrantUpdate = {}, options?: WriteOptions): ApiPromise<Grant> {
    return this.#transport.send({
      method: 'PATCH',
      path: '/v1/grants/{id}',
      params: [grantId],
      body,
      options,
    });
  }

  /**
   * Take a grant away. Its principals leave the allowlist; live connections stay.
   *
   * `DELETE /v1/grants/{id}`. Roles: operator.
   * @example
   * ```ts
   * await client.grants.delete(grantId);
   * ```
   */
  delete(grantId: string, options?: WriteOptions): ApiPromise<void> {
    return this.#transport.send({
      method: 'DELETE',
      path: '/v1/grants/{id}',
      params: [grantId],
      options,
    });
  }
}

export class ImportsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Import customers, accounts, grants and connections in bulk. Nothing changes in AWS by it.
   *
   * The answer has a result for each row; `validate_only` gives the same one beforehand. The
   * same
   * import again changes nothing.
   *
   * `POST /v1/imports`. Roles: operator.
   * @example
   * ```ts
   * const result = await client.imports.create({ reason: '…' });
   * ```
   */
  create(body: ImportCreate, options?: WriteOptions): ApiPromise<Import> {
    return this.#transport.send({ method: 'POST', path: '/v1/imports', body, options });
  }
}

export class InvitesResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Redeem an invite for an API key of the customer. The secret is shown only in this answer.
   *
   * `POST /v1/invites/redeem`. Roles: anyone.
   * @example
   * ```ts
   * const apiKeyWithSecret = await client.invites.redeem({ token: '…' });
   * ```
   */
  redeem(body: InviteRedeem, options?: WriteOptions): ApiPromise<ApiKeyWithSecret> {
    return this.#transport.send({ method: 'POST', path: '/v1/invites/redeem', body, options });
  }
}

export class ObservationsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Report what the customer's side sees of a connection, with a one-time token.
   *
   * `POST /v1/observations`. Roles: anyone.
   * @example
   * ```ts
   * const observation = await client.observations.upload({ token: '…', observation: {} });
   * ```
   */
  upload(body: ObservationUpload, options?: WriteOptions): ApiPromise<Observation> {
    return this.#transport.send({ method: 'POST', path: '/v1/observations', body, options });
  }
}

export class OperationsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List operations, newest first.
   *
   * `GET /v1/operations`. Roles: operator, support, customer.
   * @example
   * ```ts
   * for await (const operation of client.operations.list()) {
   *   console.log(operation);
   * }
   * ```
   */
  list(options?: ListOperationsOptions): PageList<Operation> {
    return new PageList(this.#transport, '/v1/operations', [], options);
  }

  /**
   * Get an operation.
   *
   * `GET /v1/operations/{id}`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const operation = await client.operations.get(operationId);
   * ```
   */
  get(operationId: string, options?: GetOperationOptions): ApiPromise<Operation> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/operations/{id}',
      params: [operationId],
      options,
    });
  }

  /**
   * Waits until `state` is `succeeded`; 600 s unless told otherwise.
   * @throws WaiterFailedError at once when it is `failed`.
   * @throws WaiterTimeoutError when it may still get there, but has not in time.
   * @example
   * ```ts
   * const operation = await client.operations.wait(operationId, { timeoutMs: 120_000 });
   * ```
   */
  wait(operationId: string, options?: WaitOptions<Operation>): Promise<Operation> {
    return waitUntil(
      this.#transport,
      {
        path: '/v1/operations/{id}',
        field: 'state',
        success: ['succeeded'],
        failure: ['failed'],
        states: ['running', 'succeeded', 'failed'],
        onNotFound: 'fail',
        intervalMs: 500,
        timeoutMs: 600000,
      },
      [operationId],
      options,
    );
  }
}

export class SetupResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Check what stands in the way of an endpoint before it is made.
   *
   * Everything that the vendor's side can tell, and what was sent about the customer's network
   * held
   * against the service. It changes nothing and does not ask AWS: `observed_at` says how old it
   * is.
   *
   * `POST /v1/preflight`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const preflight = await client.setup.preflight({
   *   endpoint_service_id: '…',
   *   account_id: '…',
   * });
   * ```
   */
  preflight(body: PreflightQuestion, options?: CallOptions): ApiPromise<Preflight> {
    return this.#transport.send({ method: 'POST', path: '/v1/preflight', body, options });
  }

  /**
   * Write all that makes the customer's side of a connection.
   *
   * As Terraform, CloudFormation, an app of the CDK, a script of the `aws` command line, or as
   * the
   * change request that a person has to approve: each from the same model, with zones by their
   * ids.
   * It changes nothing, neither here nor in AWS. Of a service that AWS has not named yet there
   * is
   * none (`invalid_state_transition`).
   *
   * `POST /v1/setup`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const setup = await client.setup.render({
   *   endpoint_service_id: '…',
   *   account_id: '…',
   *   format: 'terraform',
   * });
   * ```
   */
  render(body: SetupQuestion, options?: CallOptions): ApiPromise<Setup> {
    return this.#transport.send({ method: 'POST', path: '/v1/setup', body, options });
  }
}

export class PrincipalsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List principals, oldest first: the entries of allowlists, as they are wanted and as AWS
   * shows
   * them. A customer sees those that its grants want.
   *
   * `GET /v1/principals`. Roles: operator, support, customer.
   * @example
   * ```ts
   * for await (const principal of client.principals.list()) {
   *   console.log(principal);
   * }
   * ```
   */
  list(options?: ListPrincipalsOptions): PageList<Principal> {
    return new PageList(this.#transport, '/v1/principals', [], options);
  }

  /**
   * Get a principal.
   *
   * `GET /v1/principals/{id}`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const principal = await client.principals.get(principalId);
   * ```
   */
  get(principalId: string, options?: CallOptions): ApiPromise<Principal> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/principals/{id}',
      params: [principalId],
      options,
    });
  }

  /**
   * Release a contested principal: it is Sallyport's no longer, and is not put back.
   *
   * It holds until no grant wants the entry any more, or until you restore it. A principal that
   * is
   * not contested is refused with `invalid_state_transition`.
   *
   * `POST /v1/principals/{id}/release`. Roles: operator.
   * @example
   * ```ts
   * const principal = await client.principals.release(principalId, { reason: '…' });
   * ```
   */
  release(
    principalId: string,
    body: PrincipalDecision,
    options?: WriteOptions,
  ): ApiPromise<Principal> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/principals/{id}/release',
      params: [principalId],
      body,
      options,
    });
  }

  /**
   * Restore a contested principal: put back, this once, what other hands have removed.
   *
   * Of one that is there, or on its way, it changes nothing. One that no grant wants is refused
   * with `invalid_state_transition`.
   *
   * `POST /v1/principals/{id}/restore`. Roles: operator.
   * @example
   * ```ts
   * const principal = await client.principals.restore(principalId, { reason: '…' });
   * ```
   */
  restore(
    principalId: string,
    body: PrincipalDecision,
    options?: WriteOptions,
  ): ApiPromise<Principal> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/principals/{id}/restore',
      params: [principalId],
      body,
      options,
    });
  }
}

export class ProviderAccountsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Register one of your AWS accounts.
   *
   * Nothing is called in it until an endpoint service is registered there.
   *
   * `POST /v1/provider-accounts`. Roles: operator.
   * @example
   * ```ts
   * const providerAccount = await client.providerAccounts.create({
   *   name: '…',
   *   account_id: '…',
   *   regions: ['…'],
   * });
   * ```
   */
  create(body: ProviderAccountCreate, options?: WriteOptions): ApiPromise<ProviderAccount> {
    return this.#transport.send({ method: 'POST', path: '/v1/provider-accounts', body, options });
  }

  /**
   * List your provider accounts, oldest first.
   *
   * `GET /v1/provider-accounts`. Roles: operator, support.
   * @example
   * ```ts
   * for await (const providerAccount of client.providerAccounts.list()) {
   *   console.log(providerAccount);
   * }
   * ```
   */
  list(options?: ListProviderAccountsOptions): PageList<ProviderAccount> {
    return new PageList(this.#transport, '/v1/provider-accounts', [], options);
  }

  /**
   * Get a provider account by id or account number.
   *
   * `GET /v1/provider-accounts/{id}`. Roles: operator, support.
   * @example
   * ```ts
   * const providerAccount = await client.providerAccounts.get(providerAccountId);
   * ```
   */
  get(providerAccountId: string, options?: CallOptions): ApiPromise<ProviderAccount> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/provider-accounts/{id}',
      params: [providerAccountId],
      options,
    });
  }

  /**
   * Have a provider account be as declared, by its account number; made when it is not there.
   *
   * The same again changes nothing and answers the same.
   *
   * `PUT /v1/provider-accounts/{id}`. Roles: operator.
   * @example
   * ```ts
   * const providerAccount = await client.providerAccounts.put(providerAccountId, { name: '…',
   * regions: ['…'] });
   * ```
   */
  put(
    providerAccountId: string,
    body: ProviderAccountPut,
    options?: WriteOptions,
  ): ApiPromise<ProviderAccount> {
    return this.#transport.send({
      method: 'PUT',
      path: '/v1/provider-accounts/{id}',
      params: [providerAccountId],
      body,
      options,
    });
  }

  /**
   * Change the name, the regions, the hosted zones or the queues. A region in which there is an
   * endpoint service stays (`in_use`).
   *
   * `PATCH /v1/provider-accounts/{id}`. Roles: operator.
   * @example
   * ```ts
   * const providerAccount = await client.providerAccounts.update(providerAccountId);
   * ```
   */
  update(
    providerAccountId: string,
    body: ProviderAccountUpdate = {},
    options?: WriteOptions,
  ): ApiPromise<ProviderAccount> {
    return this.#transport.send({
      method: 'PATCH',
      path: '/v1/provider-accounts/{id}',
      params: [providerAccountId],
      body,
      options,
    });
  }

  /**
   * Forget a provider account that has no endpoint services, else it is `in_use`. Nothing
   * changes
   * in AWS.
   *
   * `DELETE /v1/provider-accounts/{id}`. Roles: operator.
   * @example
   * ```ts
   * await client.providerAccounts.delete(providerAccountId);
   * ```
   */
  delete(providerAccountId: string, options?: WriteOptions): ApiPromise<void> {
    return this.#transport.send({
      method: 'DELETE',
      path: '/v1/provider-accounts/{id}',
      params: [providerAccountId],
      options,
    });
  }
}

export class ReconcileTargetsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List the places in AWS that workers look after, each with the report of its last run.
   *
   * Those of a service include the ones of its region, which it shares with others.
   *
   * `GET /v1/reconcile-targets`. Roles: operator, support.
   * @example
   * ```ts
   * for await (const reconcileTarget of client.reconcileTargets.list()) {
   *   console.log(reconcileTarget);
   * }
   * ```
   */
  list(options?: ListReconcileTargetsOptions): PageList<ReconcileTarget> {
    return new PageList(this.#transport, '/v1/reconcile-targets', [], options);
  }
}

export class RunsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List what runs of workers saw, decided, did and left, newest first.
   *
   * A run that told the same as the one before is not kept. Those of a service include the ones
   * of
   * its region, which it shares with others.
   *
   * `GET /v1/runs`. Roles: operator, support.
   * @example
   * ```ts
   * for await (const run of client.runs.list()) {
   *   console.log(run);
   * }
   * ```
   */
  list(options?: ListRunsOptions): PageList<Run> {
    return new PageList(this.#transport, '/v1/runs', [], options);
  }
}

export class SignInResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Tell how staff sign in: with keys, with an identity provider, or both.
   *
   * `GET /v1/sign-in`. Roles: anyone.
   * @example
   * ```ts
   * const signIn = await client.signIn.get();
   * ```
   */
  get(options?: CallOptions): ApiPromise<SignIn> {
    return this.#transport.send({ method: 'GET', path: '/v1/sign-in', options });
  }
}

export class WebhooksResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Make a webhook: events are sent there from now on.
   *
   * Messages are as the Standard Webhooks specification says, signed with the secret that is
   * shown
   * only in this answer. A customer gets its own events.
   *
   * `POST /v1/webhooks`. Roles: operator, customer.
   * @example
   * ```ts
   * const webhookWithSecret = await client.webhooks.create({ target_url: '…' });
   * ```
   */
  create(body: WebhookCreate, options?: WriteOptions): ApiPromise<WebhookWithSecret> {
    return this.#transport.send({ method: 'POST', path: '/v1/webhooks', body, options });
  }

  /**
   * List webhooks, oldest first, without their secrets. A customer sees those that it has made.
   *
   * `GET /v1/webhooks`. Roles: operator, support, customer.
   * @example
   * ```ts
   * for await (const webhook of client.webhooks.list()) {
   *   console.log(webhook);
   * }
   * ```
   */
  list(options?: ListWebhooksOptions): PageList<Webhook> {
    return new PageList(this.#transport, '/v1/webhooks', [], options);
  }

  /**
   * Get a webhook, without its secret.
   *
   * `GET /v1/webhooks/{id}`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const webhook = await client.webhooks.get(webhookId);
   * ```
   */
  get(webhookId: string, options?: CallOptions): ApiPromise<Webhook> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/webhooks/{id}',
      params: [webhookId],
      options,
    });
  }

  /**
   * Change a webhook, or switch it off or on.
   *
   * `PATCH /v1/webhooks/{id}`. Roles: operator, customer.
   * @example
   * ```ts
   * const webhook = await client.webhooks.update(webhookId);
   * ```
   */
  update(webhookId: string, body: WebhookUpdate = {}, options?: WriteOptions): ApiPromise<Webhook> {
    return this.#transport.send({
      method: 'PATCH',
      path: '/v1/webhooks/{id}',
      params: [webhookId],
      body,
      options,
    });
  }

  /**
   * Delete a webhook, with its deliveries.
   *
   * `DELETE /v1/webhooks/{id}`. Roles: operator, customer.
   * @example
   * ```ts
   * await client.webhooks.delete(webhookId);
   * ```
   */
  delete(webhookId: string, options?: WriteOptions): ApiPromise<void> {
    return this.#transport.send({
      method: 'DELETE',
      path: '/v1/webhooks/{id}',
      params: [webhookId],
      options,
    });
  }

  /**
   * Rotate the secret of a webhook: messages are signed with both until the old one ends.
   *
   * The new secret is shown only in this answer. While two are live there is no third
   * (`invalid_state_transition`).
   *
   * `POST /v1/webhooks/{id}/rotate-secret`. Roles: operator, customer.
   * @example
   * ```ts
   * const webhookWithSecret = await client.webhooks.rotateSecret(webhookId);
   * ```
   */
  rotateSecret(
    webhookId: string,
    body: WebhookSecretRotate = {},
    options?: WriteOptions,
  ): ApiPromise<WebhookWithSecret> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/webhooks/{id}/rotate-secret',
      params: [webhookId],
      body,
      options,
    });
  }

  /**
   * Send a message of type `webhook.test`, to see that it arrives. A webhook that is switched
   * off
   * sends nothing (`invalid_state_transition`).
   *
   * `POST /v1/webhooks/{id}/test`. Roles: operator, customer.
   * @example
   * ```ts
   * const delivery = await client.webhooks.test(webhookId);
   * ```
   */
  test(webhookId: string, options?: WriteOptions): ApiPromise<Delivery> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/webhooks/{id}/test',
      params: [webhookId],
      options,
    });
  }
}

export class WebhooksDeliveriesResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List what was sent to a webhook, newest first, for 30 days.
   *
   * `GET /v1/webhooks/{id}/deliveries`. Roles: operator, support, customer.
   * @example
   * ```ts
   * for await (const delivery of client.webhooks.deliveries.list(webhookId)) {
   *   console.log(delivery);
   * }
   * ```
   */
  list(webhookId: string, options?: ListDeliveriesOptions): PageList<Delivery> {
    return new PageList(this.#transport, '/v1/webhooks/{id}/deliveries', [webhookId], options);
  }

  /**
   * Get a delivery, with its attempts.
   *
   * `GET /v1/webhooks/{id}/deliveries/{delivery_id}`. Roles: operator, support, customer.
   * @example
   * ```ts
   * const delivery = await client.webhooks.deliveries.get(webhookId, deliveryId);
   * ```
   */
  get(webhookId: string, deliveryId: string, options?: CallOptions): ApiPromise<Delivery> {
    return this.#transport.send({
      method: 'GET',
      path: '/v1/webhooks/{id}/deliveries/{delivery_id}',
      params: [webhookId, deliveryId],
      options,
    });
  }

  /**
   * Send a message once more, whatever became of it. It has the same `webhook-id`. A webhook
   * that
   * is switched off sends nothing (`invalid_state_transition`).
   *
   * `POST /v1/webhooks/{id}/deliveries/{delivery_id}/redeliver`. Roles: operator, support,
   * customer.
   * @example
   * ```ts
   * const delivery = await client.webhooks.deliveries.redeliver(webhookId, deliveryId);
   * ```
   */
  redeliver(webhookId: string, deliveryId: string, options?: WriteOptions): ApiPromise<Delivery> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver',
      params: [webhookId, deliveryId],
      options,
    });
  }
}
