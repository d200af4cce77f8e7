import type { InviteState } from '../../domain/invite.ts';
import type { CustomerId, InviteId } from './ids.ts';
import type { CreatedAt, Timestamp } from './text.ts';

/** A one-time way for a customer to get its first key. */
export interface Invite {
  /** The id of the invite: `inv_` and 26 characters. */
  id: InviteId;
  /** Who is invited. */
  customer_id: CustomerId;
  state: InviteState;
  created_at: CreatedAt;
  /** Until when it can be redeemed: seven days after it was made. */
  expires_at: Timestamp;
}

/** The token is shown this once. */
export interface InviteWithToken extends Invite {
  /**
   * Hand it to the customer, who redeems it for a key that no operator sees.
   * @pattern ^sallyport_invite_[0-9A-Za-z]{49}$
   */
  token: string;
}

/** Gives the token of an invite for a key. */
export interface InviteRedeem {
  /**
   * The token of the invite. It works once.
   * @minLength 10
   * @maxLength 200
   */
  token: string;
  /**
   * A name for the new key, for example who will use it.
   * @minLength 1
   * @maxLength 100
   */
  key_name?: string;
}
