// Controllers in, contract out: openapi.json, and the table that binds operations to controllers.

import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bindingsText } from './bindings.ts';
import { normalise } from './normalise.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(`${root}packages/api/package.json`);

export const generator = {
  name: 'spec',
  async outputs(): Promise<Map<string, string>> {
    const metadata = readControllers();
    const spec = await normalise(writeSpec(metadata));
    return new Map([
      ['openapi.json', `${JSON.stringify(spec, null, 2)}\n`],
      ['packages/api/src/http/generated/bindings.ts', bindingsText(metadata.controllers)],
    ]);
  },
};

/** tsoa's reading of the controllers' source, on its own TypeScript. */
function readControllers() {
  const { MetadataGenerator } = require('@tsoa/cli/dist/metadataGeneration/metadataGenerator.js');
  const controllers = `${root}packages/api/src/http/*.controller.ts`;
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
  return new MetadataGenerator(controllers, compilerOptions, [], [controllers]).Generate();
}

/** tsoa's OpenAPI 3.0 document, before it is made ours. */
function writeSpec(metadata: unknown) {
  const { SpecGenerator3 } = require('@tsoa/cli/dist/swagger/specGenerator3.js');
  const { version, description } = require(`${root}packages/api/package.json`);
  return new SpecGenerator3(metadata, {
    name: 'Sallyport',
    version,
    description,
    license: 'Apache-2.0',
    noImplicitAdditionalProperties: 'throw-on-extras',
    specVersion: 3,
    outputDirectory: '',
    entryFile: '',
    securityDefinitions: { apiKey: { type: 'http', scheme: 'bearer' } },
  }).GetSpec();
}
