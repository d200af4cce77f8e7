// Tries every vector against the product without the one rule that it breaks, and tells as JSON
// which of them are taken then, by name:
//
//   node packages/api/test/proof-vectors/taken-out.ts
//
// Each rule is taken out of the modules as they are loaded, which happens once for each rule.

import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { edited } from '../../../../tools/simulate/mutations/mutation.ts';
import { openInternet } from './internet.ts';
import { rules, type Rule } from './rules.ts';
import { tryProof, type Product, type Trial } from './trial.ts';
import { vectors } from './vectors.ts';

const source = pathToFileURL(path.resolve(import.meta.dirname, '../../src')).href;
/** Edits that were made, as `rule: file`. */
const made = new Set<string>();

registerHooks({
  // Whatever a module without a rule imports is without it too.
  resolve: (specifier, context, nextResolve) => {
    const found = nextResolve(specifier, context);
    const without = context.parentURL?.split('?without=')[1];
    const isOurs = found.url.startsWith(source) && without !== undefined;
    return isOurs ? { ...found, url: `${found.url.split('?')[0]!}?without=${without}` } : found;
  },
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    const [file = '', without] = url.split('?without=');
    const rule = rules[Number(without)];
    if (!rule || loaded.source === undefined || loaded.source === null) return loaded;
    const own = rule.edits.filter((edit) => `${source}/${edit.file}` === file);
    for (const edit of own) made.add(`${rule.name}: ${edit.file}`);
    const text = Buffer.from(loaded.source as Uint8Array).toString('utf8');
    return { ...loaded, source: own.reduce(edited, text) };
  },
});

async function productWithout(rule: Rule): Promise<Product> {
  const load = async <Module>(file: string) =>
    (await import(`${source}/${file}?without=${rules.indexOf(rule)}`)) as Module;
  return {
    proof: await load('domain/proof.ts'),
    form: await load('domain/proof-form.ts'),
    verdict: await load('domain/proof-verdict.ts'),
    evidence: await load('reconcile/proof-evidence.ts'),
    identity: await load('aws/caller-identity.ts'),
    issuers: await load('aws/token-issuers.ts'),
    roles: await load('aws/proof-roles.ts'),
    awsErrors: await load('aws/errors.ts'),
  };
}

const internet = await openInternet();
const trials: Record<string, Trial> = {};
for (const rule of rules) {
  const product = await productWithout(rule);
  const missing = rule.edits.filter(({ file }) => !made.has(`${rule.name}: ${file}`));
  if (missing.length > 0) throw new Error(`${rule.name}: never loaded ${missing[0]!.file}`);
  for (const vector of vectors.filter((one) => one.rule === rule.name)) {
    trials[vector.name] = await tryProof(product, internet, vector);
  }
}
internet.close();
process.stdout.write(JSON.stringify(trials));
