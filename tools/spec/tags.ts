// What each part of the API is about, for its readers. A tag that is not here is refused.

const descriptions: Record<string, string> = {
  accounts: "Customers' AWS accounts: claimed, proven, attested, and what standing they have.",
  'api-keys': 'Keys of staff and customers: made, rotated, revoked.',
  'audit-entries': 'Who changed what, when and why. Entries are never changed.',
  caller: 'Who the service takes the caller for.',
  connections: 'VPC endpoints attached to endpoint services: accepted, rejected, diagnosed.',
  customers: 'The tenants that are let in, their invites, and how they leave.',
  deployment: 'Which Sallyport this is, and whether it may change AWS.',
  effects: 'Every change of AWS: what was intended, and what became of it.',
  'endpoint-services': 'Endpoint services: their modes, what would change, and what differs.',
  events: 'A feed of everything that has changed, in order, without gaps.',
  grants: 'Which customer may use which endpoint service, on which terms.',
  imports: 'What was there before Sallyport, taken over in bulk.',
  invites: 'The receiving end of an invite: it is redeemed for a key.',
  observations: 'What a script reports of a connection, with a one-time token in place of a key.',
  operations: 'Long-running changes, and how they go.',
  principals: 'Entries of allowlists: wanted, found, contested.',
  'private-dns': 'The private DNS name of an endpoint service, and its verification.',
  'provider-accounts': "The vendor's own AWS accounts, with their regions and hosted zones.",
  'reconcile-targets': 'What the workers look after, and what their last runs told.',
  runs: 'What runs of the workers saw, decided, did and left.',
  setup: 'What a customer needs to make its endpoint: checks before, and all that makes it.',
  webhooks: 'Where events are sent, and how that went.',
};

/** @throws Error for a tag that nobody has described */
export function describedTags(names: Iterable<string>): { name: string; description: string }[] {
  return [...names].sort().map((name) => {
    const description = descriptions[name];
    if (description === undefined) throw new Error(`tools/spec/tags.ts does not describe ${name}.`);
    return { name, description };
  });
}
