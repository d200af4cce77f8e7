// ListMetrics: which series there are. Values of the last two weeks count, or of the last three
// hours when asked for those.

import type { ListMetricsInput, ListMetricsOutput } from '@aws-sdk/client-cloudwatch';
import type { Call } from '../call.ts';
import { notSimulated } from '../ec2/errors.ts';
import { invalidNextToken, invalidValue } from './errors.ts';
import { type Series, seriesKey, seriesSince } from './metrics.ts';
import { placeOf, tokenFor } from './tokens.ts';

const HOUR = 60 * 60 * 1000;
const TWO_WEEKS = 14 * 24 * HOUR;
/** "Up to 500 results are returned for any one call" (CloudWatch API reference). */
const PAGE = 500;

export function listMetrics(call: Call<ListMetricsInput>): ListMetricsOutput {
  const { world, account, input } = call;
  if (input.IncludeLinkedAccounts || (input.OwningAccount ?? account) !== account) {
    throw notSimulated('IncludeLinkedAccounts and OwningAccount of other accounts');
  }
  const { RecentlyActive: recently } = input as { RecentlyActive?: string };
  if (recently !== undefined && recently !== 'PT3H') {
    throw invalidValue(`RecentlyActive must be PT3H, not '${recently}'`);
  }
  const since = world.schedule.now() - (recently === undefined ? TWO_WEEKS : 3 * HOUR);
  const found = seriesSince(call, since).filter((series) => isWanted(input, series));
  const after = input.NextToken === undefined ? '' : placeOf(call, 'ListMetrics', input.NextToken);
  if (after === undefined) throw invalidNextToken();
  const rest = found.filter((series) => seriesKey(series) > after);
  const page = rest.slice(0, PAGE);
  const last = page.at(-1);
  return {
    Metrics: page.map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: [...dimensions].map(([Name, Value]) => ({ Name, Value })),
    })),
    NextToken:
      last && rest.length > page.length
        ? tokenFor(call, 'ListMetrics', seriesKey(last))
        : undefined,
  };
}

/** A dimension without a value matches every value. */
function isWanted(input: ListMetricsInput, { namespace, name, dimensions }: Series): boolean {
  if (input.Namespace !== undefined && input.Namespace !== namespace) return false;
  if (input.MetricName !== undefined && input.MetricName !== name) return false;
  return (input.Dimensions ?? []).every(({ Name = '', Value }) => {
    const own = dimensions.get(Name);
    return own !== undefined && (Value === undefined || Value === own);
  });
}
