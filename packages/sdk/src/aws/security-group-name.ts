// The name of the security group that a connection makes for itself: the same at each run, and
// another for each connection of a VPC.
import { digestOf } from './digest.ts';
import type { Target } from './target.ts';

/** Names are unique in a VPC, so that two runs at once cannot make two groups. */
export async function groupNameOf({
  name,
  service,
}: Pick<Target, 'name' | 'service'>): Promise<string> {
  const short = (await digestOf([service.service_name])).slice(0, 8);
  return `sallyport-${name}-${short}`;
}
