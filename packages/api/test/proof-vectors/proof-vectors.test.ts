// Proofs with one thing wrong: each is refused, for the rule that it breaks, and each would be
// taken if that rule alone were not there.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as identity from '../../src/aws/caller-identity.ts';
import * as awsErrors from '../../src/aws/errors.ts';
import * as roles from '../../src/aws/proof-roles.ts';
import * as issuers from '../../src/aws/token-issuers.ts';
import * as form from '../../src/domain/proof-form.ts';
import * as verdict from '../../src/domain/proof-verdict.ts';
import * as proof from '../../src/domain/proof.ts';
import * as evidence from '../../src/reconcile/proof-evidence.ts';
import { openInternet, type Internet } from './internet.ts';
import { rules } from './rules.ts';
import { tryProof, type Product, type Trial } from './trial.ts';
import { good, vectors } from './vectors.ts';

const product: Product = { proof, form, verdict, evidence, identity, issuers, roles, awsErrors };
const program = path.join(import.meta.dirname, 'taken-out.ts');
let internet: Internet;
beforeAll(async () => {
  internet = await openInternet();
});
afterAll(() => internet.close());

it.each(good)('when there is nothing wrong with $name, it is taken', async (one) => {
  expect(await tryProof(product, internet, one)).toMatchObject({ taken: true });
});

describe('a proof', () => {
  it.each(vectors)('when it has $name, it is refused for its $rule', async (vector) => {
    const { says } = rules.find(({ name }) => name === vector.rule)!;
    expect(await tryProof(product, internet, vector)).toEqual({
      taken: false,
      said: expect.stringMatching(says),
    });
  });

  it('when it is refused, AWS was not asked about most of them', async () => {
    let silent = 0;
    for (const vector of vectors) {
      const before = internet.asked;
      await tryProof(product, internet, vector);
      if (internet.asked === before) silent += 1;
    }
    expect(silent / vectors.length).toBeGreaterThan(0.5);
  });
});

describe('the rules', () => {
  it('when they are counted, each has a vector, and no vector has another rule', () => {
    const broken = new Set(vectors.map(({ rule }) => rule));
    expect([...broken].sort()).toEqual(rules.map(({ name }) => name).sort());
    expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length);
    expect(vectors.length).toBeGreaterThanOrEqual(80);
  });

  it('when one is taken out, every vector that breaks it is taken', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    const trials = JSON.parse(stdout) as Record<string, Trial>;
    expect(Object.keys(trials)).toHaveLength(vectors.length);
    const refused = Object.entries(trials).filter(([, { taken }]) => !taken);
    expect(refused).toEqual([]);
  }, 60_000);
});
