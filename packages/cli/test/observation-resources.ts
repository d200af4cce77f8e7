// Canned answers about what customers see of a connection.

export const observationResources = (connection: string, now: string) => ({
  Observation: {
    id: 'obs_01kaqy0v5ne4rvk3z4m5t6w7x8',
    connection_id: connection,
    source: 'script',
    observed_at: now,
    received_at: now,
    vantage: 'bastion',
    network: null,
    dns: null,
    tcp: [],
    tls: null,
    certificate: null,
    security_groups: null,
  },
  ObservationToken: {
    id: 'obt_01kaqy0v5ne4rvk3z4m5t6w7x8',
    connection_id: connection,
    created_at: now,
    expires_at: now,
    token: `sallyport_observation_${'o'.repeat(49)}`,
  },
});
