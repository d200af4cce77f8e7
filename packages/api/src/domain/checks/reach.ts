// Whether clients reach the endpoint, and what answers there: security groups, TCP, TLS and the
// certificate. PrivateLink enforces no TLS: that there is some is between the two ends.

import { fail, pass, seenAt, unknown, warn, type Check, type NextStep } from '../check.ts';
import type { DiagnosisFacts } from '../diagnosis-facts.ts';
import { hostWord, namesCover } from '../observation.ts';
import { unseen } from './unseen.ts';

export function checkSecurityGroups({ seen, connection }: DiagnosisFacts): Check {
  const name = 'security_groups';
  if (!seen.securityGroups) {
    return unseen(name, 'What security groups let through, nobody has reported.', connection);
  }
  const { part, observedAt } = seen.securityGroups;
  const { ids, port, ingress, egress } = part;
  const groups = ids.length > 0 ? ids.join(', ') : 'The security groups';
  const group = ids[0] ?? 'GROUP';
  const permit = (way: string, id: string) =>
    `aws ec2 authorize-security-group-${way} --group-id ${id} --protocol tcp --port ${port}`;
  if (ingress === 'closed') {
    const check = fail(name, `${groups} of the endpoint lets nobody in on port ${port}.`, {
      actor: 'customer',
      action: 'Let the clients in at the security group of the endpoint.',
      command: `${permit('ingress', group)} --cidr CLIENTS`,
    });
    return seenAt(check, observedAt);
  }
  if (egress === 'closed') {
    const check = fail(name, `The security group of the client lets port ${port} not out.`, {
      actor: 'customer',
      action: 'Let the port out at the security group of the client.',
      command: `${permit('egress', 'GROUP')} --cidr ENDPOINT`,
    });
    return seenAt(check, observedAt);
  }
  if (ingress === 'unknown') {
    return unseen(name, 'What security groups let through, could not be seen.', connection);
  }
  return seenAt(pass(name, `${groups} of the endpoint lets port ${port} in.`), observedAt);
}

export function checkTcp(facts: DiagnosisFacts): Check {
  const { seen, connection } = facts;
  if (!seen.tcp) return unseen('tcp', 'Whether TCP connects, nobody has reported.', connection);
  const { part, observedAt } = seen.tcp;
  const bad = part.filter(({ outcome }) => outcome !== 'connected');
  const [first] = bad;
  if (!first) {
    const all = part.map(({ address, port }) => `${address}:${port}`).join(', ');
    return seenAt(pass('tcp', `Connected to ${all}.`), observedAt);
  }
  const words = bad.map(
    ({ address, port, outcome }) => `${address}:${port} ${outcome.replaceAll('_', ' ')}`,
  );
  const raise = bad.length < part.length ? warn : fail;
  return seenAt(raise('tcp', `TCP: ${words.join(', ')}.`, unreached(facts, first)), observedAt);
}

/** Refused is an answer, of a load balancer; silence may be on either side. */
function unreached(
  { service, connection }: DiagnosisFacts,
  { outcome, port }: { outcome: string; port: number },
): NextStep {
  if (outcome === 'refused') {
    return {
      actor: 'vendor',
      action: `See whether the load balancer has a listener on ${port}, and targets that answer.`,
      command: `sallyport services get ${service.id}`,
    };
  }
  return {
    actor: 'customer',
    action: 'Look at network ACLs, routes and security groups from the clients to the endpoint.',
    command:
      'aws ec2 describe-vpc-endpoints --query "VpcEndpoints[].[SubnetIds,Groups]" ' +
      `--vpc-endpoint-ids ${connection.vpcEndpointId}`,
  };
}

export function checkTls({ seen, connection }: DiagnosisFacts): Check {
  if (!seen.tls) return unseen('tls', 'Whether TLS is spoken, nobody has reported.', connection);
  const { part, observedAt } = seen.tls;
  const { serverName, outcome, version } = part;
  const command = opensslTo(serverName, seen);
  if (outcome !== 'negotiated') {
    const evidence = `TLS with ${serverName}: ${outcome.replaceAll('_', ' ')}.`;
    const action = 'See what answers there, and whether it speaks TLS.';
    return seenAt(fail('tls', evidence, { actor: 'vendor', action, command }), observedAt);
  }
  if (version !== null && /^(SSL|TLSv1(\.[01])?$)/.test(version)) {
    const action = 'Offer TLS 1.2 or newer.';
    const check = warn('tls', `${version} is agreed on.`, { actor: 'vendor', action, command });
    return seenAt(check, observedAt);
  }
  return seenAt(pass('tls', `${version ?? 'TLS'} with ${serverName}.`), observedAt);
}

/** Long enough to get a new one before clients notice. */
const soonMs = 14 * 86_400_000;

export function checkCertificate(facts: DiagnosisFacts): Check {
  const { seen, connection } = facts;
  const { certificate, tls, dns } = seen;
  if (!certificate) {
    return unseen('certificate', 'Which certificate is shown, nobody has reported.', connection);
  }
  const { part, observedAt } = certificate;
  const wanted = tls?.part.serverName ?? dns?.part.name ?? null;
  const flaw = flawOf(facts, wanted);
  if (flaw) return seenAt(flaw, observedAt);
  if (wanted === null || part.expiresAt === null) {
    return unknown('certificate', 'A certificate is shown; its name or its end was not read.', {
      actor: 'customer',
      action: 'Report the name that clients ask for along with the certificate.',
      command: `sallyport observations create-token ${connection.vpcEndpointId}`,
    });
  }
  const evidence = `The certificate is for ${wanted} until ${part.expiresAt}.`;
  return seenAt(pass('certificate', evidence), observedAt);
}

function flawOf({ seen, now, dns }: DiagnosisFacts, wanted: string | null): Check | null {
  const { names, expiresAt, trusted } = seen.certificate!.part;
  const command = opensslTo(wanted ?? 'NAME', seen);
  const remaining = expiresAt === null ? Infinity : Date.parse(expiresAt) - now.getTime();
  if (wanted !== null && !namesCover(names, wanted)) {
    const evidence = `The certificate is for ${names.join(', ') || 'no name'}, not ${wanted}.`;
    const step: NextStep =
      dns === 'none'
        ? { actor: 'customer', action: 'Ask for a name that the certificate has (SNI).', command }
        : { actor: 'vendor', action: `Have targets show a certificate for ${wanted}.`, command };
    return fail('certificate', evidence, step);
  }
  if (remaining <= 0) {
    const action = 'Have targets show a certificate that is in its time.';
    const step = { actor: 'vendor', action, command } as const;
    return fail('certificate', `The certificate has expired at ${expiresAt}.`, step);
  }
  if (trusted === false) {
    return fail('certificate', 'The clients do not trust who signed the certificate.', {
      actor: 'customer',
      action: 'Give the clients the CA that the vendor names.',
      command,
    });
  }
  if (remaining > soonMs) return null;
  const action = 'Renew the certificate.';
  const step = { actor: 'vendor', action, command } as const;
  return warn('certificate', `The certificate expires at ${expiresAt}.`, step);
}

function opensslTo(host: string, { tcp }: DiagnosisFacts['seen']): string {
  const port = tcp?.part[0]?.port ?? 443;
  const name = hostWord(host);
  return `openssl s_client -connect ${name}:${port} -servername ${name}`;
}
