// The client, with all its resources.
// Generated from openapi.json by `pnpm generate`; never edited.

import type { ApiPromise } from '../answer.ts';
import type { ClientOptions } from '../options.ts';
import type { RequestPlan } from '../request.ts';
import { Transport } from '../transport.ts';
import {
  AuditEntriesResource,
  AccountsResource,
  ApiKeysResource,
  CallerResource,
  ConnectionsResource,
  ConnectionsNotesResource,
  ConnectionsObservationsResource,
  CustomersResource,
  CustomersInvitesResource,
  CustomersTokensResource,
  DeploymentResource,
  DiagnosesResource,
  EffectsResource,
  EndpointServicesResource,
  PrivateDnsResource,
  EventsResource,
  GrantsResource,
  ImportsResource,
  InvitesResource,
  ObservationsResource,
  OperationsResource,
  SetupResource,
  PrincipalsResource,
  ProviderAccountsResource,
  ReconcileTargetsResource,
  RunsResource,
  SignInResource,
  WebhooksResource,
  WebhooksDeliveriesResource,
} from './resources.ts';

/** A client of one Sallyport service. It keeps no connection and needs no closing. */
export class Sallyport {
  readonly auditEntries: AuditEntriesResource;
  readonly accounts: AccountsResource;
  readonly apiKeys: ApiKeysResource;
  readonly caller: CallerResource;
  readonly connections: ConnectionsResource & {
    readonly notes: ConnectionsNotesResource;
    readonly observations: ConnectionsObservationsResource;
  };
  readonly customers: CustomersResource & {
    readonly invites: CustomersInvitesResource;
    readonly tokens: CustomersTokensResource;
  };
  readonly deployment: DeploymentResource;
  readonly diagnoses: DiagnosesResource;
  readonly effects: EffectsResource;
  readonly endpointServices: EndpointServicesResource;
  readonly privateDns: PrivateDnsResource;
  readonly events: EventsResource;
  readonly grants: GrantsResource;
  readonly imports: ImportsResource;
  readonly invites: InvitesResource;
  readonly observations: ObservationsResource;
  readonly operations: OperationsResource;
  readonly setup: SetupResource;
  readonly principals: PrincipalsResource;
  readonly providerAccounts: ProviderAccountsResource;
  readonly reconcileTargets: ReconcileTargetsResource;
  readonly runs: RunsResource;
  readonly signIn: SignInResource;
  readonly webhooks: WebhooksResource & { readonly deliveries: WebhooksDeliveriesResource };
  readonly #transport: Transport;

  /** @throws SallyportError when an option is wrong */
  constructor(options: ClientOptions) {
    this.#transport = new Transport(options);
    this.auditEntries = new AuditEntriesResource(this.#transport);
    this.accounts = new AccountsResource(this.#transport);
    this.apiKeys = new ApiKeysResource(this.#transport);
    this.caller = new CallerResource(this.#transport);
    this.connections = Object.assign(new ConnectionsResource(this.#transport), {
      notes: new ConnectionsNotesResource(this.#transport),
      observations: new ConnectionsObservationsResource(this.#transport),
    });
    this.customers = Object.assign(new CustomersResource(this.#transport), {
      invites: new CustomersInvitesResource(this.#transport),
      tokens: new CustomersTokensResource(this.#transport),
    });
    this.deployment = new DeploymentResource(this.#transport);
    this.diagnoses = new DiagnosesResource(this.#transport);
    this.effects = new EffectsResource(this.#transport);
    this.endpointServices = new EndpointServicesResource(this.#transport);
    this.privateDns = new PrivateDnsResource(this.#transport);
    this.events = new EventsResource(this.#transport);
    this.grants = new GrantsResource(this.#transport);
    this.imports = new ImportsResource(this.#transport);
    this.invites = new InvitesResource(this.#transport);
    this.observations = new ObservationsResource(this.#transport);
    this.operations = new OperationsResource(this.#transport);
    this.setup = new SetupResource(this.#transport);
    this.principals = new PrincipalsResource(this.#transport);
    this.providerAccounts = new ProviderAccountsResource(this.#transport);
    this.reconcileTargets = new ReconcileTargetsResource(this.#transport);
    this.runs = new RunsResource(this.#transport);
    this.signIn = new SignInResource(this.#transport);
    this.webhooks = Object.assign(new WebhooksResource(this.#transport), {
      deliveries: new WebhooksDeliveriesResource(this.#transport),
    });
  }

  /** The origin of `baseUrl`: the only place the API key is sent to. */
  get origin(): string {
    return this.#transport.origin;
  }

  /**
   * Calls what this version has no method for, with the same retries and errors.
   * @example
   * ```ts
   * const answer = await client.request({ method: 'GET', path: '/v1/operations' });
   * ```
   */
  request<T = unknown>(plan: RequestPlan): ApiPromise<T> {
    return this.#transport.send<T>(plan);
  }
}
