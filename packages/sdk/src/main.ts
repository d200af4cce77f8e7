#!/usr/bin/env node
// `npx @sallyport/sdk`: the calls of the entry for AWS, for those who write no code.
import process from 'node:process';
import { runProgram } from './program/program.ts';

const controller = new AbortController();
process.once('SIGINT', () => controller.abort());

process.exitCode = await runProgram({
  args: process.argv.slice(2),
  env: process.env,
  signal: controller.signal,
  out: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
  readInput: async () => {
    let text = '';
    for await (const chunk of process.stdin) text += String(chunk);
    return text;
  },
});
