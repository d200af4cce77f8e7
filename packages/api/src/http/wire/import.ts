import type { Partition } from '../../domain/account.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { AccountNumber, VpcEndpointId } from './aws-names.ts';
import type { CustomerCreate } from './customer.ts';
import type { GrantCreate } from './grant.ts';
import type { CustomerKey } from './keys.ts';
import type { CommandLine, Prose, Reason } from './text.ts';

/**
 * What is there already, at most 1000 rows in all. Rows may name customers of the same import.
 * Members that a row leaves out stay as they are.
 */
export interface ImportCreate {
  /** How you know that the accounts and connections are these customers', for the audit log. */
  reason: Reason;
  /** Import nothing unless every row is fine. Otherwise each row stands by itself. */
  all_or_nothing?: boolean;
  /**
   * Created, or brought up to date, by `external_id`.
   * @maxItems 1000
   */
  customers?: CustomerCreate[];
  /**
   * Get the standing `imported`, unless they have a standing already.
   * @maxItems 1000
   */
  accounts?: AccountImport[];
  /**
   * Created, or brought up to date, by customer and service.
   * @maxItems 1000
   */
  grants?: GrantCreate[];
  /**
   * Connections that are up count as accepted, and their accounts as these customers'.
   * @maxItems 1000
   */
  connections?: ConnectionImport[];
}

/** An account that is known to be a customer's. */
export interface AccountImport {
  /** Id or `external_id` of the customer. */
  customer_id: CustomerKey;
  /** The AWS account number: 12 digits. */
  account_id: AccountNumber;
  /** `aws` unless said otherwise. */
  partition?: Partition;
}

/** A connection that is known to be a customer's. */
export interface ConnectionImport {
  /** Id or `external_id` of the customer. */
  customer_id: CustomerKey;
  /** The VPC endpoint, as a worker has seen it. */
  vpc_endpoint_id: VpcEndpointId;
}

/** What became of each row, and how many of each. */
export interface Import {
  /**
   * Rows that made something.
   * @isInt
   * @minimum 0
   */
  created: number;
  /**
   * Rows that changed what was there.
   * @isInt
   * @minimum 0
   */
  updated: number;
  /**
   * Rows that were so already.
   * @isInt
   * @minimum 0
   */
  unchanged: number;
  /**
   * Rows that were refused; with `all_or_nothing`, nothing is imported then.
   * @isInt
   * @minimum 0
   */
  refused: number;
  /** One for each row, in the order of the sections. */
  rows: ImportedRow[];
}

/** What became of one row. */
export interface ImportedRow {
  /** The list of the request that the row is in. */
  section: 'customers' | 'accounts' | 'grants' | 'connections';
  /**
   * The place of the row in its section, from 0.
   * @isInt
   * @minimum 0
   */
  index: number;
  /** What was done; `unchanged` was so already. */
  outcome: 'created' | 'updated' | 'unchanged' | 'refused';
  /**
   * Of what the row is about; null when it was refused.
   * @minLength 1
   */
  id: string | null;
  /** Why it was refused; null when it was not. */
  error: RowError | null;
}

/** Why a row was refused. */
export interface RowError {
  /** A code of the error catalogue. */
  code: ErrorCode;
  /** What is wrong with this row. */
  detail: Prose;
  /** The exact command that helps; null when there is none. */
  command: CommandLine | null;
}
