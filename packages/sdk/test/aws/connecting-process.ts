// Connects in a process of its own, which kills itself where it is told to, or is killed from
// outside. Its parameters are JSON in the environment; its result is a line of JSON.
import process from 'node:process';
import { connect, type ConnectOptions } from '../../src/aws/entry.ts';
import { Sallyport } from '../../src/index.ts';

export interface Parameters {
  origin: string;
  apiKey: string;
  options: ConnectOptions;
  /** `endpoint done`: the process ends by SIGKILL when this is told. */
  killAt: string | null;
}

const { origin, apiKey, options, killAt } = JSON.parse(process.env['CONNECT']!) as Parameters;
const client = new Sallyport({ baseUrl: origin, apiKey });
const connected = await connect(client, {
  ...options,
  onProgress: ({ step, state }) => {
    if (`${step} ${state}` === killAt) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(`${JSON.stringify(connected)}\n`);
