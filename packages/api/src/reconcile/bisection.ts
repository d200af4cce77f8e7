// Finds what AWS refuses among many that it is asked for at once.

import { AwsError } from '../aws/errors.ts';

export interface Refused {
  arn: string;
  code: string;
}

/**
 * Changes all that AWS takes. One bad principal fails its whole call, so a refused batch is halved
 * until the bad one is alone.
 * @returns those that AWS refuses
 * @throws AwsError for anything else than a refusal of what was asked
 */
export async function isolate(
  arns: string[],
  change: (arns: string[]) => Promise<void>,
): Promise<Refused[]> {
  try {
    await change(arns);
    return [];
  } catch (error) {
    if (!(error instanceof AwsError) || error.kind !== 'invalid') throw error;
    if (arns.length === 1) return [{ arn: arns[0]!, code: error.code }];
    const middle = Math.ceil(arns.length / 2);
    return [
      ...(await isolate(arns.slice(0, middle), change)),
      ...(await isolate(arns.slice(middle), change)),
    ];
  }
}
