// Words as a line that can be pasted into a shell.

/** Bare where that reads the same, else in single quotes. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : inQuotes(text);
}

export function inQuotes(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** What was typed, for somebody else: without this person's login, trace and answers. */
export function lineForOthers(argv: readonly string[]): string {
  const kept = argv.filter((word, at) => !isOwn(word) && argv[at - 1] !== '--profile');
  return ['sallyport', ...kept.map(quoted)].join(' ');
}

function isOwn(word: string): boolean {
  return /^(-y|--(yes|profile(=.*)?|debug(=curl)?))$/.test(word);
}
