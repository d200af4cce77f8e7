// Links inside the repository lead somewhere: to a file that is there and a heading it has. Each
// decision has a number of its own.

import path from 'node:path';
import type { Finding, SourceFile } from './repository.ts';

/** `allPaths` are the files a link may lead to, binary ones included. */
export function checkMarkdown(
  files: readonly SourceFile[],
  allPaths: ReadonlySet<string>,
): Finding[] {
  const documents = files.filter(({ path: file }) => file.endsWith('.md'));
  const headings = new Map(documents.map((file) => [file.path, anchorsOf(file.text)]));
  const folders = new Set([...allPaths].flatMap(foldersAbove));
  const lost = documents.flatMap(({ path: file, text }) =>
    linksOf(text).flatMap(({ target, line }) => {
      const message = complaint(file, target, { allPaths, folders, headings });
      return message === undefined ? [] : [{ path: file, line, message }];
    }),
  );
  return [...lost, ...wrongNumbers(documents)];
}

type Known = {
  allPaths: ReadonlySet<string>;
  folders: ReadonlySet<string>;
  headings: ReadonlyMap<string, ReadonlySet<string>>;
};

function complaint(from: string, target: string, known: Known): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) return undefined;
  const [place = '', anchor] = target.split('#');
  if (place.startsWith('/')) return `${target}: link from the file's own folder, not from /`;
  const folder = path.posix.dirname(from);
  const file = place === '' ? from : path.posix.join(folder, decodeURIComponent(place));
  const isFolder = known.folders.has(file.replace(/\/$/, '') || '.');
  if (!known.allPaths.has(file) && !isFolder) return `${target}: there is no ${file}`;
  const anchors = known.headings.get(file);
  if (anchor === undefined || anchor === '' || !anchors || anchors.has(anchor)) return undefined;
  return `${target}: ${file} has no heading #${anchor}`;
}

/** Two people who decide at the same time take the same number, and neither notices. */
function wrongNumbers(documents: readonly SourceFile[]): Finding[] {
  const numbers = documents.map(({ path: file }) => /\/decisions\/(\d+)-/.exec(file)?.[1]);
  return documents.flatMap(({ path: file, text }, index) => {
    const number = numbers[index];
    if (number === undefined) return [];
    const heading = `# ${Number(number)}. `;
    const problems = [
      ...(numbers.indexOf(number) < index ? [`${number} is taken: give it the next one`] : []),
      ...(text.startsWith(heading) ? [] : [`it must begin with "${heading}"`]),
    ];
    return problems.map((message) => ({ path: file, line: 1, message }));
  });
}

function foldersAbove(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return ['.', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}

function linksOf(text: string): { target: string; line: number }[] {
  const prose = withoutCode(text);
  return prose.split('\n').flatMap((content, index) => {
    const inline = [...content.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
    const definitions = [...content.matchAll(/^\s{0,3}\[[^\]]+\]:\s*<?([^\s>]+)/g)];
    const attributes = [...content.matchAll(/<(?:a|img)\s[^>]*?(?:href|src)="([^"]+)"/g)];
    return [...inline, ...definitions, ...attributes].flatMap((match) =>
      match[1] === undefined ? [] : [{ target: match[1], line: index + 1 }],
    );
  });
}

/** Blanks out code and comments and keeps the lines, so that line numbers stay right. */
function withoutCode(text: string): string {
  const blank = (code: string): string => code.replace(/[^\n]/g, ' ');
  return text
    .replace(/^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\2`*~*[ \t]*$/gm, blank)
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/(`+)[^`](?:[\s\S]*?[^`])??\1(?!`)/g, blank);
}

/** The anchors that GitHub gives to headings: lower case, no punctuation, `-1` for a second one. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  const prose = text.replace(/^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\2`*~*[ \t]*$/gm, '');
  for (const match of prose.matchAll(/^#{1,6}\s+(.+?)\s*#*$|<a\s+(?:id|name)="([^"]+)"/gm)) {
    const anchor = match[2] ?? slug(match[1] ?? '');
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count += 1) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}

function slug(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replace(/ /g, '-');
}
