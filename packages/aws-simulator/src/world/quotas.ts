// AWS's quotas as far as the simulated operations meet them.

export interface Quotas {
  /** Interface endpoints per VPC; 50, adjustable (Guide, vpc-limits-endpoints). */
  readonly endpointsPerVpc: number;
  /** Tags per resource; 50 (from memory). */
  readonly tagsPerResource: number;
  /** Records per hosted zone; 10,000 (Route 53 Developer Guide, DNSLimitations). */
  readonly recordsPerZone: number;
  /** Hosted zones per account; 500 (Route 53 Developer Guide, DNSLimitations). */
  readonly zonesPerAccount: number;
}

export const defaultQuotas: Quotas = {
  endpointsPerVpc: 50,
  tagsPerResource: 50,
  recordsPerZone: 10_000,
  zonesPerAccount: 500,
};
