// An AWS that is a few lists in memory, behind the ports. For what a simulator cannot be brought to
// at will: a hand between two calls, a refusal of one item, an answer that is lost.

import type {
  Aws,
  ConnectionFacts,
  EndpointServicePort,
  HostedZonePort,
  IdentityAnswer,
  ItemFailure,
  ServiceFacts,
} from '../../src/aws/ports.ts';
import { quoteTxt } from '../../src/domain/private-dns.ts';
import { AwsError, type AwsErrorKind } from '../../src/aws/errors.ts';

export interface ImaginedAws extends Aws {
  services: Map<string, ServiceFacts>;
  /** By service id. */
  allowlists: Map<string, string[]>;
  connections: ConnectionFacts[];
  /** By zone and name: `Z1 _abc.example.com`. */
  txt: Map<string, string[]>;
  /** What the answer to a proof is. */
  identity: IdentityAnswer;
  /** Every call in order, reads too: `changePrincipals`. */
  calls: string[];
  /** Runs before each call is carried out; what it throws is the answer. */
  before: (call: string, details: unknown) => unknown;
  /** Endpoints whose accept or reject AWS refuses, each with a code. */
  refusals: Map<string, string>;
}

export function imagineAws(): ImaginedAws {
  const aws: ImaginedAws = {
    services: new Map(),
    allowlists: new Map(),
    connections: [],
    txt: new Map(),
    identity: { kind: 'unavailable', message: 'nobody said what it is' },
    calls: [],
    before: () => undefined,
    refusals: new Map(),
    endpointServices: () => servicePort(aws),
    hostedZones: () => zonePort(aws),
    backends: () => ({ listeners: async () => [], traffic: async () => [] }),
    queue: () => ({ receive: async () => [], remove: async () => [] }),
    callerIdentity: { confirm: (request) => call(aws, 'confirm', request, () => aws.identity) },
    tokenIssuers: {
      verify: (_token, read) => call(aws, 'verify', read, () => ({ kind: 'genuine' as const })),
    },
    proofRoles: {
      identify: (_access, role) => call(aws, 'identify', role, () => aws.identity),
    },
    traced: async (work) => ({ result: await work(), awsRequestId: 'aws-1' }),
    followed: (work) => work(),
    requestIds: () => ['aws-1'],
    close: () => {},
  };
  return aws;
}

export function awsError(kind: AwsErrorKind, code: string, action = 'AnyAction'): AwsError {
  return new AwsError(`${code} of the test`, { kind, code, action, awsRequestId: null });
}

async function call<Result>(
  aws: ImaginedAws,
  name: string,
  details: unknown,
  answer: () => Result,
): Promise<Result> {
  aws.calls.push(name);
  await aws.before(name, details);
  return answer();
}

function servicePort(aws: ImaginedAws): EndpointServicePort {
  const decide = (state: string) => (serviceId: string, ids: string[]) =>
    call(aws, state === 'pending' ? 'accept' : 'reject', { serviceId, ids }, () => {
      const accepted = ids.filter((id) => !aws.refusals.has(id));
      aws.connections = aws.connections.map((item) =>
        accepted.includes(item.vpcEndpointId) ? { ...item, awsState: state } : item,
      );
      return ids.filter((id) => aws.refusals.has(id)).map((id) => failure(aws, id));
    });
  return {
    listServices: () => call(aws, 'listServices', {}, () => [...aws.services.values()]),
    getService: (id) => call(aws, 'getService', { id }, () => aws.services.get(id) ?? null),
    createService: () => call(aws, 'createService', {}, () => refuse('invalid', 'NotImagined')),
    listPrincipals: (id) =>
      call(aws, 'listPrincipals', { id }, () =>
        (aws.allowlists.get(id) ?? []).map((arn) => ({ arn, permissionId: null })),
      ),
    changePrincipals: (id, change) =>
      call(aws, 'changePrincipals', change, () => {
        const kept = (aws.allowlists.get(id) ?? []).filter((arn) => !change.remove.includes(arn));
        aws.allowlists.set(id, [...new Set([...kept, ...change.add])]);
      }),
    listConnections: ({ states }) =>
      call(aws, 'listConnections', { states }, () =>
        aws.connections.filter(({ awsState }) => states?.some((one) => one === awsState) ?? true),
      ),
    accept: decide('pending'),
    reject: decide('rejected'),
    setPrivateDnsName: (id, name) =>
      call(aws, 'setPrivateDnsName', { name }, () => {
        const facts = aws.services.get(id) ?? refuse('not_found', 'InvalidVpcEndpointService');
        const privateDns = name === null ? null : nameFacts(name);
        aws.services.set(id, { ...facts, privateDns });
      }),
    mark: (ids, mark) =>
      call(aws, 'mark', { mark }, () => {
        for (const id of ids) {
          const facts = aws.services.get(id);
          if (facts) aws.services.set(id, { ...facts, mark });
        }
      }),
    deleteService: (id) =>
      call(aws, 'deleteService', { id }, () => {
        aws.services.delete(id);
        return [];
      }),
    startPrivateDnsVerification: () => call(aws, 'startVerification', {}, () => {}),
  };
}

function nameFacts(name: string) {
  return { name, state: 'pendingVerification' as const, label: '_label', value: `vpce:${name}` };
}

function failure({ refusals }: ImaginedAws, vpcEndpointId: string): ItemFailure {
  return { vpcEndpointId, kind: 'invalid', code: refusals.get(vpcEndpointId)!, message: 'No.' };
}

function refuse(kind: AwsErrorKind, code: string): never {
  throw awsError(kind, code);
}

/** One zone, `Z1`, that holds every domain that ends in `vendor.example`. */
function zonePort(aws: ImaginedAws): HostedZonePort {
  return {
    findZone: (domain) =>
      call(aws, 'findZone', { domain }, () => (domain === 'vendor.example' ? 'Z1' : null)),
    readTxt: (zoneId, name) =>
      call(aws, 'readTxt', { zoneId, name }, () => {
        const values = aws.txt.get(`${zoneId} ${name}`);
        return values ? { values: values.map(quoteTxt), ttl: 300 } : null;
      }),
    addTxtValue: (zoneId, name, value) =>
      call(aws, 'addTxtValue', { zoneId, name, value }, () => {
        const values = aws.txt.get(`${zoneId} ${name}`) ?? [];
        if (values.includes(value)) return { changeId: null };
        aws.txt.set(`${zoneId} ${name}`, [...values, value]);
        return { changeId: 'C1' };
      }),
    removeTxtValue: (zoneId, name, value) =>
      call(aws, 'removeTxtValue', { zoneId, name, value }, () => {
        const values = aws.txt.get(`${zoneId} ${name}`) ?? [];
        const rest = values.filter((item) => item !== value);
        if (rest.length > 0) aws.txt.set(`${zoneId} ${name}`, rest);
        else aws.txt.delete(`${zoneId} ${name}`);
        return { changeId: rest.length < values.length ? 'C2' : null };
      }),
    changeStatus: (changeId) => call(aws, 'changeStatus', { changeId }, () => 'insync' as const),
  };
}
