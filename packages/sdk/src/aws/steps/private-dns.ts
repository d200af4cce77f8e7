// Switching private DNS on, which AWS allows once the endpoint is accepted and the name verified.
import { enablePrivateDns } from '../changes.ts';
import { ConnectError } from '../connect-error.ts';
import type { VpcEndpoint } from '../network.ts';
import { AwsCallError, readingOf } from '../refusal.ts';
import { pollMsOf, type Run } from '../run.ts';
import { awaitOwnSide } from './acceptance.ts';
import { refused } from './refused.ts';

/** @returns the endpoint as it is afterwards */
export async function ensurePrivateDns(run: Run, endpoint: VpcEndpoint): Promise<VpcEndpoint> {
  const { target } = run;
  const wanted = target.dns === 'endpoint' && target.service.private_dns_name !== null;
  if (!wanted) {
    run.report('private-dns', 'done', `Private DNS stays off (dns "${target.dns}").`);
    return endpoint;
  }
  const name = target.service.private_dns_name;
  run.report('private-dns', 'started', `Switching ${name} on.`);
  if (!endpoint.privateDnsEnabled) {
    await awaitVerified(run);
    await switchOn(run, endpoint.id);
  }
  const done = await awaitOwnSide(run, endpoint.id, ({ state, privateDnsEnabled }) => {
    return privateDnsEnabled && state === 'available';
  });
  run.report('private-dns', 'done', `${name} is resolved to ${endpoint.id} in the VPC.`);
  return done;
}

/** @throws ConnectError when AWS has given the verification up */
async function awaitVerified(run: Run): Promise<void> {
  const { session, target } = run;
  const { service_name: serviceName, region, private_dns_name: name } = target.service;
  for (;;) {
    const { value } = await readingOf(() => session.network.service(serviceName, region));
    // What may not be read is told by the attempt.
    if (value?.privateDnsState === undefined || value.privateDnsState === 'verified') return;
    if (value.privateDnsState === 'failed') {
      throw new ConnectError(`AWS could not verify ${name}.`, {
        code: 'private_dns_failed',
        step: 'private-dns',
        vpcEndpointId: run.place.vpcEndpointId,
        next: {
          actor: 'vendor',
          action: 'Mend the record of the name, and verify it again.',
          command: `sallyport services private-dns get ${target.grant.endpoint_service_id}`,
        },
      });
    }
    run.report('private-dns', 'waiting', `The vendor's ${name} is not verified yet.`);
    await session.pause(pollMsOf(run));
  }
}

const NOT_YET = /has not verified|IncorrectState|InvalidState|has not accepted/;

async function switchOn(run: Run, endpointId: string): Promise<void> {
  const { clients, signal, pause } = run.session;
  for (;;) {
    try {
      await enablePrivateDns(clients.ec2, signal, endpointId);
      return;
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      if (error.refusal !== 'throttled' && !NOT_YET.test(error.message)) {
        throw refused(run, 'private-dns', error);
      }
      run.report('private-dns', 'waiting', `Not yet: ${error.message}`);
      await pause(2 * pollMsOf(run));
    }
  }
}
