/** An entry of an endpoint service's allowlist, wanted or found. */
export interface Principal {
  id: string;
  endpoint_service_id: string;
  arn: string;
  /** The grants that want it. */
  grant_ids: string[];
  /** `pending`, `allowed`, `removing`, `unmanaged`, `contested` or `gone`. */
  state: string;
  /** Sallyport put it there, so Sallyport may take it away. */
  owned: boolean;
  observed: boolean;
  /** @format date-time */
  observed_at: string | null;
  /** @format date-time */
  since: string;
}
