// A service shows itself to those on its allowlist only. After a proof that takes some seconds.
import { ConnectError } from '../connect-error.ts';
import { questionOf } from '../provider-question.ts';
import { AwsCallError } from '../refusal.ts';
import { pollMsOf, type Run } from '../run.ts';

/** Waits until EC2 shows the service, or may not be asked for it. */
export async function awaitVisible(run: Run): Promise<void> {
  const { session, target } = run;
  const { service_name: name, region } = target.service;
  run.report('service', 'started', `Looking for ${name}.`);
  for (;;) {
    const found = await seen(() => session.network.service(name, region));
    if (found === 'denied') {
      run.report('service', 'done', `ec2:DescribeVpcEndpointServices is denied; going on.`);
      return;
    }
    if (found === 'shown') {
      run.report('service', 'done', `EC2 shows ${name}.`);
      return;
    }
    run.report(
      'service',
      'waiting',
      `EC2 does not show ${name} yet: the allowlist is the vendor's.`,
    );
    await refuseHopeless(run);
    await session.pause(pollMsOf(run));
  }
}

/** What stands in the way of the allowlist entry itself, and does not pass by waiting. */
const HOPELESS: readonly string[] = ['account', 'grant', 'limit', 'service'];

async function refuseHopeless({ client, session, target }: Run): Promise<void> {
  const { signal } = session;
  const { checks } = await client.setup.preflight(questionOf(target), { signal });
  const reason = checks.find(({ name, result }) => result === 'fail' && HOPELESS.includes(name));
  if (!reason) return;
  throw new ConnectError(reason.evidence, {
    code: 'not_ready',
    step: 'service',
    next: reason.next,
  });
}

async function seen(look: () => Promise<object | undefined>): Promise<'shown' | 'not' | 'denied'> {
  try {
    return (await look()) ? 'shown' : 'not';
  } catch (error) {
    if (error instanceof AwsCallError && error.refusal === 'denied') return 'denied';
    throw error;
  }
}
