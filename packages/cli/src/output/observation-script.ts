// The script that a customer runs where its clients are: that of docs/observe, with what it is to
// look at and where to send it written above.

import { observeScript } from '../generated/observe-script.ts';

export interface ObservationScript {
  url: string;
  token: string;
  /** What clients connect to; undefined where the customer has to say it. */
  name: string | undefined;
  endpoint: string;
  region: string;
  expires: string;
}

/** @throws Error for what is no such name: nothing of it may become a command of the shell */
export function observationScript(asked: ObservationScript): string {
  const { url, token, name, endpoint, region, expires } = asked;
  for (const text of [url, token, name ?? '', endpoint, region]) {
    if (!/^[\w.:/[\]-]*$/.test(text)) throw new Error(`"${text}" cannot stand in a script.`);
  }
  const options = `--endpoint '${endpoint}' --region '${region}'`;
  const [first = '', ...rest] = observeScript;
  const head = [
    first,
    `# What this machine sees of ${endpoint}, for ${url}: once, until ${expires}.`,
    name === undefined
      ? '# Run it with the name that your clients connect to: sh observe.sh --name HOST'
      : '# Other names and ports: sh observe.sh --name HOST --port 8443. --dry-run sends nothing.',
    `SALLYPORT_URL='${url}' SALLYPORT_OBSERVATION_TOKEN='${token}'`,
    'export SALLYPORT_URL SALLYPORT_OBSERVATION_TOKEN',
    `set -- ${name === undefined ? '' : `--name '${name}' `}${options} "$@"`,
    '',
  ];
  return `${[...head, ...rest].join('\n')}\n`;
}
