// The two parts of tsoa that the generator uses, with the types of what it reads from them. tsoa
// and its own TypeScript are installed for packages/api only.

import { createRequire } from 'node:module';
import type { ControllerMetadata } from './bindings.ts';
import type { Spec } from './document.ts';
import { authentication } from './introduction.ts';

const require = createRequire(new URL('../../packages/api/package.json', import.meta.url));

export interface Metadata {
  controllers: ControllerMetadata[];
}

interface MetadataModule {
  MetadataGenerator: new (
    entryFile: string,
    compilerOptions: object,
    ignorePaths: string[],
    controllers: string[],
  ) => { Generate(): Metadata };
}

interface SpecModule {
  SpecGenerator3: new (metadata: Metadata, config: object) => { GetSpec(): Spec };
}

/**
 * Reads the controllers' source, given as a glob. @throws Error that names what tsoa cannot read
 */
export function readControllers(glob: string): Metadata {
  const { MetadataGenerator } =
    require('@tsoa/cli/dist/metadataGeneration/metadataGenerator.js') as MetadataModule;
  return new MetadataGenerator(glob, compilerOptions, [], [glob]).Generate();
}

/** tsoa's OpenAPI 3.0 document, before it is made ours. */
export function writeSpec(metadata: Metadata): Spec {
  const { SpecGenerator3 } = require('@tsoa/cli/dist/swagger/specGenerator3.js') as SpecModule;
  const { version, description } = require('./package.json') as Record<string, string>;
  return new SpecGenerator3(metadata, {
    name: 'Sallyport',
    version,
    description,
    noImplicitAdditionalProperties: 'throw-on-extras',
    specVersion: 3,
    outputDirectory: '',
    entryFile: '',
    securityDefinitions: {
      apiKey: { type: 'http', scheme: 'bearer', description: authentication },
    },
  }).GetSpec();
}

/** As tsconfig.base.json has them, in the numbers of TypeScript's API. */
const compilerOptions = {
  target: 9, // ES2022
  module: 199, // NodeNext
  moduleResolution: 99, // NodeNext
  allowImportingTsExtensions: true,
  experimentalDecorators: true,
  strict: true,
  noEmit: true,
  types: [],
};
