// Whether the rates that somebody set are for actions that exist: a typing error would otherwise be
// a rate that never holds.

import type { Catalog } from '../services/catalog.ts';
import { isServiceName } from '../services/service.ts';
import type { ThrottleSettings } from './throttle.ts';

/** The names among the settings' limits that no simulated operation has. */
export function unknownRates({ limits = {} }: ThrottleSettings, catalog: Catalog): string[] {
  return Object.keys(limits).filter((name) => {
    const [service = '', action = ''] = name.split(':');
    return !isServiceName(service) || !Object.hasOwn(catalog[service].operations, action);
  });
}
