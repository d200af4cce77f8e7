// What a person reads off the terminal who signs in.

/** The page to open, as soon as it is told. */
export function pageFrom(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    stream.on('data', (chunk: string) => {
      text += chunk;
      const [, page] = /^or open (\S+)$/m.exec(text) ?? [];
      if (page) resolve(page);
    });
  });
}
