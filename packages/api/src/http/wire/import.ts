import type { Partition } from './account.ts';
import type { CustomerCreate } from './customer.ts';
import type { AccountNumber, GrantCreate } from './grant.ts';

/**
 * What is there already, at most 1000 rows in all. Rows may name customers of the same import.
 * Members that a row leaves out stay as they are.
 */
export interface ImportCreate {
  /**
   * How you know that the accounts and connections are these customers', for the audit log.
   * @minLength 1
   * @maxLength 1000
   */
  reason: string;
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

export interface AccountImport {
  /** Id or `external_id` of the customer. */
  customer_id: string;
  account_id: AccountNumber;
  partition?: Partition;
}

export interface ConnectionImport {
  /** Id or `external_id` of the customer. */
  customer_id: string;
  /** The VPC endpoint, as a worker has seen it. */
  vpc_endpoint_id: string;
}

export interface Import {
  /** @isInt */
  created: number;
  /** @isInt */
  updated: number;
  /** @isInt */
  unchanged: number;
  /** @isInt */
  refused: number;
  /** One for each row, in the order of the sections. */
  rows: ImportedRow[];
}

export interface ImportedRow {
  /** `customers`, `accounts`, `grants` or `connections`. */
  section: string;
  /**
   * The place of the row in its section, from 0.
   * @isInt
   */
  index: number;
  /** `created`, `updated`, `unchanged` or `refused`. */
  outcome: string;
  /** Of what the row is about; null when it was refused. */
  id: string | null;
  /** Why it was refused. */
  error: RowError | null;
}

export interface RowError {
  /** A code of the error catalogue. */
  code: string;
  detail: string;
  /** The exact command that helps, when there is one. */
  command: string | null;
}
