// What `--debug=curl` shows of each request: a command that sends the same again. The key is a
// variable in it; what else lets somebody in is blanked, and has to be put back by hand.

import type { Middleware } from '@sallyport/sdk';
import { inQuotes } from '../input/shell-line.ts';
import { redactedBody, redactedUrl, redactedValue } from './trace.ts';

/** Those that curl makes itself, or that are of this program alone. */
const OWN = new Set(['user-agent', 'accept', 'content-length']);

export function curlMiddleware(say: (line: string) => void, hasKey: boolean): Middleware {
  return (request, next) => {
    const { method, url, headers, body } = request;
    const shown = Array.from(headers).filter(([name]) => !OWN.has(name));
    const words = [
      `curl ${method === 'GET' ? '' : `-X ${method} `}${inQuotes(redactedUrl(url))}`,
      // In double quotes, so that the shell puts the key in.
      ...(hasKey ? ['-H "authorization: Bearer $SALLYPORT_API_KEY"'] : []),
      ...shown.map(([name, value]) => {
        return `-H ${inQuotes(`${name}: ${redactedValue(name, value)}`)}`;
      }),
      ...(typeof body === 'string' && body !== ''
        ? [`--data ${inQuotes(redactedBody(body))}`]
        : []),
    ];
    words.forEach((word, index) => {
      say(`${index === 0 ? '' : '  '}${word}${index === words.length - 1 ? '' : ' \\'}`);
    });
    return next(request);
  };
}
