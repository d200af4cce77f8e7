// What is behind an endpoint service: its load balancers, whether targets answer, and what went
// through each connection, as AWS showed it to the vendor.

export interface BackendGroup {
  /** Null for who may not know it. */
  targetGroupArn: string | null;
  healthy: number;
  /** All that are registered. */
  total: number;
  /** AWS's codes of those that are not healthy, such as `Target.Timeout`; each once. */
  reasons: string[];
}

export interface BackendListener {
  port: number;
  /** As AWS spells it: `TCP`, `TLS`, `TCP_UDP`. */
  protocol: string;
  groups: BackendGroup[];
}

export interface BackendLoadBalancer {
  loadBalancerArn: string | null;
  listeners: BackendListener[];
}

/** Of one service. Null members are what could not be read; `problem` says why. */
export interface Backend {
  loadBalancers: BackendLoadBalancer[] | null;
  observedAt: Date;
  /** In AWS's words. */
  problem: string | null;
}

/** What went through one connection in a while. */
export interface Traffic {
  /** Until when it was counted. */
  observedAt: Date;
  windowSeconds: number;
  bytes: number;
  newConnections: number;
  /** Packets by which a target or a load balancer broke a connection off. */
  resets: number;
}

/** The same without names that only the vendor is to know. */
export function anonymous(backend: Backend): Backend {
  const { loadBalancers, observedAt, problem } = backend;
  return {
    observedAt,
    problem: problem === null ? null : 'AWS did not show it to the vendor',
    loadBalancers:
      loadBalancers?.map(({ listeners }) => ({
        loadBalancerArn: null,
        listeners: listeners.map((listener) => ({
          ...listener,
          groups: listener.groups.map((group) => ({ ...group, targetGroupArn: null })),
        })),
      })) ?? null,
  };
}
