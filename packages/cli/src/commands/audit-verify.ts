// `sallyport audit verify`: whether an export is what was sealed. It asks no server, so whoever
// runs the service cannot answer for it.

import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { type ExitCode, exitCodes, usageError } from '../exit-codes.ts';
import { createVerifier, type Verdict } from '../generated/audit-verifier.ts';
import { isForPeople, writeOne } from '../output/answer.ts';
import { disarm } from '../output/disarm.ts';
import { unreadable } from '../input/file-failures.ts';
import type { Context } from '../runtime.ts';

export interface VerifyOptions {
  anchor?: { seq: number; hash: string };
  publicKey?: string;
}

export async function runAuditVerify(
  context: Context,
  file: string,
  { anchor, publicKey }: VerifyOptions,
): Promise<ExitCode> {
  const key = publicKey === undefined ? undefined : await readKey(publicKey);
  const verifier = createVerifier({
    sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
    ...(anchor && { anchor }),
    ...(key && { isSigned: (hash, signature) => isBy(key, hash, signature) }),
  });
  for await (const line of linesOf(context, file)) verifier.read(line);
  const verdict = verifier.end();
  if (isForPeople(context)) tell(context, verdict);
  else writeOne(context, verdict);
  return verdict.intact ? exitCodes.ok : exitCodes.dead;
}

function tell({ out, say }: Context, verdict: Verdict): void {
  const { intact, entries, seals, removedThrough, unsealed, hash } = verdict;
  for (const { kind, message } of verdict.findings) out.write(`${kind}: ${disarm(message)}\n`);
  const more = verdict.findingsCount - verdict.findings.length;
  if (more > 0) out.write(`and ${more} more\n`);
  if (!intact) {
    say('The export is not what was sealed.');
    return;
  }
  out.write(`${entries} entries under ${seals} seals are what was sealed.\n`);
  out.write(`last seal: ${seals}:${disarm(hash)}\n`);
  if (removedThrough > 0) say(`Entries up to seal ${removedThrough} are no longer kept.`);
  if (unsealed > 0) say(`${unsealed} entries were not sealed yet, and are not in the export.`);
}

/** Not by `readline`, for which lines end at other characters too. */
async function* linesOf({ stdin, signal }: Context, file: string): AsyncGenerator<string> {
  const input = file === '-' ? stdin() : createReadStream(file);
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    let rest = '';
    for await (const chunk of addAbortSignal(signal, input)) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
    rest += decoder.decode();
    if (rest !== '') yield rest;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      yield 'Bytes that are not UTF-8.';
      return;
    }
    if (signal.aborted || code === undefined) throw error;
    throw unreadable(file, error);
  }
}

async function readKey(file: string): Promise<KeyObject> {
  try {
    return createPublicKey(await readFile(file, 'utf8'));
  } catch (error) {
    const { code = 'no key in it' } = error as NodeJS.ErrnoException;
    throw usageError(`--public-key: ${file} could not be read (${code}).`);
  }
}

function isBy(key: KeyObject, hash: string, signature: string): boolean {
  return verify(null, Buffer.from(hash, 'hex'), key, Buffer.from(signature, 'base64'));
}
