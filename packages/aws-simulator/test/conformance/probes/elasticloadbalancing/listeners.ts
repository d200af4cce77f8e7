// Listeners: making, listing and deleting them.

import {
  type Action,
  type CreateListenerCommandInput as CreateInput,
  DeleteListenerCommand as Delete,
  DescribeListenersCommand as Describe,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { failure } from '../../../lab.ts';
import { loadBalancerArn } from '../../../scenes.ts';
import { pages } from '../../patterns.ts';
import { each, effect, expect, type Probe, type ProbeSet, probes, refused } from '../../probe.ts';
import {
  DESCRIBE_LISTENERS,
  DESCRIBE_TAGS,
  elb,
  listen,
  listenerNow,
  newGroup,
  tagsNow,
} from './scenes.ts';

const CREATE = 'elasticloadbalancing:CreateListener';
const DELETE = 'elasticloadbalancing:DeleteListener';

const CertificateArn = 'arn:aws:acm:us-east-1:111111111111:certificate/1';
const tls: Partial<CreateInput> = { Protocol: 'TLS', Certificates: [{ CertificateArn }] };

const oidc = {
  Issuer: 'https://issuer.example',
  AuthorizationEndpoint: 'https://issuer.example/a',
  TokenEndpoint: 'https://issuer.example/t',
  UserInfoEndpoint: 'https://issuer.example/u',
  ClientId: 'client',
  ClientSecret: 'words',
  SessionCookieName: 'cookie',
  Scope: 'openid',
  SessionTimeout: 60,
  AuthenticationRequestExtraParams: { a: 'b' },
  OnUnauthenticatedRequest: 'deny',
  UseExistingClientSecret: false,
} as const;
const cognito = {
  UserPoolArn: 'arn:aws:cognito-idp:us-east-1:111111111111:userpool/p',
  UserPoolClientId: 'client',
  UserPoolDomain: 'domain',
  SessionCookieName: 'cookie',
  Scope: 'openid',
  SessionTimeout: 60,
  AuthenticationRequestExtraParams: { a: 'b' },
  OnUnauthenticatedRequest: 'deny',
} as const;
const redirect = {
  Protocol: 'HTTPS',
  Port: '443',
  Host: 'vendor.example',
  Path: '/',
  Query: 'a=b',
  StatusCode: 'HTTP_301',
} as const;
const fixed = { MessageBody: 'no', StatusCode: '503', ContentType: 'text/plain' };
const jwt: NonNullable<Action['JwtValidationConfig']> = {
  JwksEndpoint: 'https://issuer.example/jwks',
  Issuer: 'https://issuer.example',
  AdditionalClaims: [{ Format: 'single-string', Name: 'aud', Values: ['me'] }],
};
const mutual: NonNullable<CreateInput['MutualAuthentication']> = {
  Mode: 'verify',
  TrustStoreArn: 'arn:aws:elasticloadbalancing:us-east-1:111111111111:truststore/t/1',
  IgnoreClientCertificateExpiry: false,
  TrustStoreAssociationStatus: 'active',
  AdvertiseTrustStoreCaNames: 'off',
};

const paged = pages(DESCRIBE_LISTENERS, {
  size: 1,
  prepare: async (lab) => {
    await listen(lab, await newGroup(lab));
  },
  list: async (lab, _, { MaxResults, NextToken }) => {
    const page = { PageSize: MaxResults, Marker: NextToken };
    const LoadBalancerArn = loadBalancerArn(lab);
    const answer = await elb(lab).send(new Describe({ LoadBalancerArn, ...page }));
    const { Listeners = [], NextMarker } = answer;
    return { ids: Listeners.map((one) => one.ListenerArn ?? ''), nextToken: NextMarker };
  },
});

export const listenerProbes: ProbeSet = [
  ...probes(CREATE, {
    LoadBalancerArn: effect(DESCRIBE_LISTENERS, async (lab) => {
      const LoadBalancerArn = loadBalancerArn(lab, 'api-2');
      const arn = await listen(lab, await newGroup(lab), { LoadBalancerArn });
      expect((await listenerNow(lab, arn)).LoadBalancerArn).toBe(LoadBalancerArn);
    }),
    Protocol: shown(tls, { Protocol: 'TLS' }),
    Port: shown({ Port: 9443 }, { Port: 9443 }),
    SslPolicy: shown({ ...tls, SslPolicy: 'Mine' }, { SslPolicy: 'Mine' }),
    'Certificates.CertificateArn': shown(tls, { Certificates: [{ CertificateArn }] }),
    'Certificates.IsDefault': refused('IsDefault', async (lab) =>
      listen(lab, await newGroup(lab), {
        ...tls,
        Certificates: [{ CertificateArn, IsDefault: true }],
      }),
    ),
    ...each(['DefaultActions.Type', 'DefaultActions.TargetGroupArn'], forwarded()),
    ...refusedParts('AuthenticateOidcConfig', oidc),
    ...refusedParts('AuthenticateCognitoConfig', cognito),
    'DefaultActions.Order': refusedAction('Order', { Order: 1 }),
    ...refusedParts('RedirectConfig', redirect),
    ...refusedParts('FixedResponseConfig', fixed),
    'DefaultActions.ForwardConfig.TargetGroups.TargetGroupArn': effect(
      DESCRIBE_LISTENERS,
      async (lab) => {
        const TargetGroupArn = await newGroup(lab);
        const ForwardConfig = { TargetGroups: [{ TargetGroupArn }] };
        const DefaultActions: Action[] = [{ Type: 'forward', ForwardConfig }];
        const arn = await listen(lab, TargetGroupArn, { DefaultActions });
        const [action] = (await listenerNow(lab, arn)).DefaultActions ?? [];
        expect(action?.ForwardConfig).toEqual(ForwardConfig);
      },
    ),
    'DefaultActions.ForwardConfig.TargetGroups.Weight': refused('Weight', async (lab) => {
      const TargetGroupArn = await newGroup(lab);
      const ForwardConfig = { TargetGroups: [{ TargetGroupArn, Weight: 1 }] };
      return listen(lab, TargetGroupArn, { DefaultActions: [{ Type: 'forward', ForwardConfig }] });
    }),
    ...each(
      ['Enabled', 'DurationSeconds'].map(
        (name) => `DefaultActions.ForwardConfig.TargetGroupStickinessConfig.${name}`,
      ),
      refusedAction(
        'TargetGroupStickinessConfig',
        { ForwardConfig: { TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 9 } } },
        'DefaultActions.ForwardConfig.TargetGroupStickinessConfig',
      ),
    ),
    ...each(
      [
        'JwksEndpoint',
        'Issuer',
        'AdditionalClaims.Format',
        'AdditionalClaims.Name',
        'AdditionalClaims.Values',
      ].map((name) => `DefaultActions.JwtValidationConfig.${name}`),
      refusedAction(
        'JwtValidationConfig',
        { JwtValidationConfig: jwt },
        'DefaultActions.JwtValidationConfig',
      ),
    ),
    AlpnPolicy: shown({ ...tls, AlpnPolicy: ['HTTP2Only'] }, { AlpnPolicy: ['HTTP2Only'] }),
    ...each(
      ['Tags.Key', 'Tags.Value'],
      effect(DESCRIBE_TAGS, async (lab) => {
        const Tags = [{ Key: 'probe', Value: 'yes' }];
        expect(await tagsNow(lab, await listen(lab, await newGroup(lab), { Tags }))).toEqual(Tags);
      }),
    ),
    ...each(
      Object.keys(mutual).map((name) => `MutualAuthentication.${name}`),
      refused(
        'MutualAuthentication',
        async (lab) => listen(lab, await newGroup(lab), { MutualAuthentication: mutual }),
        'MutualAuthentication',
      ),
    ),
  }),

  ...probes(DESCRIBE_LISTENERS, {
    LoadBalancerArn: effect(DESCRIBE_LISTENERS, async (lab) => {
      const LoadBalancerArn = loadBalancerArn(lab, 'api-2');
      const { Listeners } = await elb(lab).send(new Describe({ LoadBalancerArn }));
      expect(Listeners).toMatchObject([{ LoadBalancerArn }]);
    }),
    ListenerArns: effect(DESCRIBE_LISTENERS, async (lab) => {
      const ListenerArn = await listen(lab, await newGroup(lab));
      expect(await listenerNow(lab, ListenerArn)).toMatchObject({ ListenerArn, Port: 8443 });
    }),
    PageSize: paged.MaxResults,
    Marker: paged.NextToken,
  }),

  ...probes(DELETE, {
    ListenerArn: effect(DESCRIBE_LISTENERS, async (lab) => {
      const ListenerArn = await listen(lab, await newGroup(lab));
      await elb(lab).send(new Delete({ ListenerArn }));
      const gone = await failure(listenerNow(lab, ListenerArn));
      expect(gone.code).toBe('ListenerNotFoundException');
    }),
  }),
];

function shown(input: Partial<CreateInput>, seen: object): Probe {
  return effect(DESCRIBE_LISTENERS, async (lab) => {
    const arn = await listen(lab, await newGroup(lab), input);
    expect(await listenerNow(lab, arn)).toMatchObject(seen);
  });
}

function forwarded(): Probe {
  return effect(DESCRIBE_LISTENERS, async (lab) => {
    const TargetGroupArn = await newGroup(lab);
    const arn = await listen(lab, TargetGroupArn);
    const { DefaultActions } = await listenerNow(lab, arn);
    expect(DefaultActions).toMatchObject([{ Type: 'forward', TargetGroupArn }]);
  });
}

function refusedAction(named: string, action: Partial<Action>, whole?: string): Probe {
  return refused(
    named,
    async (lab) => {
      const TargetGroupArn = await newGroup(lab);
      const DefaultActions: Action[] = [{ Type: 'forward', TargetGroupArn, ...action }];
      return listen(lab, TargetGroupArn, { DefaultActions });
    },
    whole,
  );
}

/** Each member of a structure that is for other actions than forwarding. */
function refusedParts(config: string, parts: object): Readonly<Record<string, Probe>> {
  return each(
    Object.keys(parts).map((name) => `DefaultActions.${config}.${name}`),
    refusedAction(config, { [config]: parts }, `DefaultActions.${config}`),
  );
}
