// Ids of our own resources, as domain/ids.ts makes them: a prefix that names the kind, then a
// UUIDv7 in base32, so that they sort by age. The contract says their form wherever one stands.

/**
 * The id of a provider account: `pacc_` and 26 characters.
 * @pattern ^pacc_[0-9a-hjkmnp-tv-z]{26}$
 */
export type ProviderAccountId = string;

/**
 * The id of an endpoint service: `svc_` and 26 characters.
 * @pattern ^svc_[0-9a-hjkmnp-tv-z]{26}$
 */
export type EndpointServiceId = string;

/**
 * The id of a customer: `cus_` and 26 characters.
 * @pattern ^cus_[0-9a-hjkmnp-tv-z]{26}$
 */
export type CustomerId = string;

/**
 * The id of a grant: `grt_` and 26 characters.
 * @pattern ^grt_[0-9a-hjkmnp-tv-z]{26}$
 */
export type GrantId = string;

/**
 * The id of an account of a customer: `acct_` and 26 characters.
 * @pattern ^acct_[0-9a-hjkmnp-tv-z]{26}$
 */
export type AccountId = string;

/**
 * The id of an allowlist entry: `prn_` and 26 characters.
 * @pattern ^prn_[0-9a-hjkmnp-tv-z]{26}$
 */
export type PrincipalId = string;

/**
 * The id of a connection: `con_` and 26 characters.
 * @pattern ^con_[0-9a-hjkmnp-tv-z]{26}$
 */
export type ConnectionId = string;

/**
 * The id of an observation: `obs_` and 26 characters.
 * @pattern ^obs_[0-9a-hjkmnp-tv-z]{26}$
 */
export type ObservationId = string;

/**
 * The id of a token to report with: `obt_` and 26 characters.
 * @pattern ^obt_[0-9a-hjkmnp-tv-z]{26}$
 */
export type ObservationTokenId = string;

/**
 * The id of an invite: `inv_` and 26 characters.
 * @pattern ^inv_[0-9a-hjkmnp-tv-z]{26}$
 */
export type InviteId = string;

/**
 * The id of a note: `note_` and 26 characters.
 * @pattern ^note_[0-9a-hjkmnp-tv-z]{26}$
 */
export type NoteId = string;

/**
 * The id of a long-running change: `op_` and 26 characters.
 * @pattern ^op_[0-9a-hjkmnp-tv-z]{26}$
 */
export type OperationId = string;

/**
 * The id of an audit entry: `aud_` and 26 characters.
 * @pattern ^aud_[0-9a-hjkmnp-tv-z]{26}$
 */
export type AuditEntryId = string;

/**
 * The id of an event: `evt_` and 26 characters.
 * @pattern ^evt_[0-9a-hjkmnp-tv-z]{26}$
 */
export type EventId = string;

/**
 * The id of a webhook: `whk_` and 26 characters.
 * @pattern ^whk_[0-9a-hjkmnp-tv-z]{26}$
 */
export type WebhookId = string;

/**
 * The id of a delivery: `dlv_` and 26 characters.
 * @pattern ^dlv_[0-9a-hjkmnp-tv-z]{26}$
 */
export type DeliveryId = string;

/**
 * The id of an API key: `key_` and 26 characters.
 * @pattern ^key_[0-9a-hjkmnp-tv-z]{26}$
 */
export type ApiKeyId = string;

/**
 * The id of a token of a customer: `tok_` and 26 characters.
 * @pattern ^tok_[0-9a-hjkmnp-tv-z]{26}$
 */
export type CustomerTokenId = string;

/**
 * The id of a challenge: `chl_` and 26 characters.
 * @pattern ^chl_[0-9a-hjkmnp-tv-z]{26}$
 */
export type ChallengeId = string;

/**
 * The id of one change of AWS: `eff_` and 26 characters.
 * @pattern ^eff_[0-9a-hjkmnp-tv-z]{26}$
 */
export type EffectId = string;

/**
 * The id of a run of a worker: `run_` and 26 characters.
 * @pattern ^run_[0-9a-hjkmnp-tv-z]{26}$
 */
export type RunId = string;

/**
 * The id of this Sallyport: `dep_` and 26 characters.
 * @pattern ^dep_[0-9a-hjkmnp-tv-z]{26}$
 */
export type DeploymentId = string;
