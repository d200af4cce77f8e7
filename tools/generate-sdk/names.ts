// Names in the SDK, made from names in the contract.

/** `endpointServices.privateDns` gives `EndpointServicesPrivateDnsResource`. */
export function resourceClass(resource: readonly string[]): string {
  // The suffix keeps `privateDns` (a resource) apart from `PrivateDns` (a schema).
  return `${resource.map(capitalised).join('')}Resource`;
}

/** The interface of an operation's query, for those that have one of their own. */
export function optionsName(operationId: string): string {
  return `${capitalised(operationId)}Options`;
}

/** `customer_id` gives `customerId`. */
export function camelCase(name: string): string {
  return name.replace(/[^A-Za-z0-9]+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** What one of a collection is called: `endpoint-services` gives `endpointService`. */
export function singular(collection: string): string {
  const name = camelCase(collection);
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`;
  return name.endsWith('s') && !name.endsWith('Dns') ? name.slice(0, -1) : name;
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
