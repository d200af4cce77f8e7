// What may stand where a resource is named in a path, a query or a body: its id or, where there is
// one, the key that people and AWS have for it.

/**
 * Id of the customer (`cus_…`), or its `external_id`.
 * @minLength 1
 * @maxLength 200
 */
export type CustomerKey = string;

/**
 * Id of the provider account (`pacc_…`), or its 12-digit AWS account number.
 * @minLength 1
 * @maxLength 200
 */
export type ProviderAccountKey = string;

/**
 * Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`.
 * @minLength 1
 * @maxLength 200
 */
export type EndpointServiceKey = string;

/**
 * Id of the grant (`grt_…`), or its customer and service, as in `acme:vpce-svc-…`.
 * @minLength 1
 * @maxLength 200
 */
export type GrantKey = string;

/**
 * Id of the account (`acct_…`), or its customer and 12-digit number, as in `acme:222222222222`.
 * @minLength 1
 * @maxLength 200
 */
export type AccountKey = string;

/**
 * Id of the connection (`con_…`), or the `vpce-…` of its endpoint.
 * @minLength 1
 * @maxLength 200
 */
export type ConnectionKey = string;

/**
 * AWS's id of a VPC endpoint, `vpce-…`, which need not be seen.
 * @minLength 1
 * @maxLength 200
 */
export type EndpointKey = string;

/**
 * Id of the entry (`prn_…`).
 * @minLength 1
 * @maxLength 200
 */
export type PrincipalKey = string;

/**
 * Id of the long-running change (`op_…`).
 * @minLength 1
 * @maxLength 200
 */
export type OperationKey = string;

/**
 * Id of the event (`evt_…`).
 * @minLength 1
 * @maxLength 200
 */
export type EventKey = string;

/**
 * Id of the API key (`key_…`), not the key itself.
 * @minLength 1
 * @maxLength 200
 */
export type ApiKeyKey = string;

/**
 * Id of the invite (`inv_…`).
 * @minLength 1
 * @maxLength 200
 */
export type InviteKey = string;

/**
 * Id of the webhook (`whk_…`).
 * @minLength 1
 * @maxLength 200
 */
export type WebhookKey = string;

/**
 * Id of the delivery (`dlv_…`).
 * @minLength 1
 * @maxLength 200
 */
export type DeliveryKey = string;

/**
 * Id of the challenge (`chl_…`).
 * @minLength 1
 * @maxLength 200
 */
export type ChallengeKey = string;

/**
 * Id of the note (`note_…`).
 * @minLength 1
 * @maxLength 200
 */
export type NoteKey = string;
