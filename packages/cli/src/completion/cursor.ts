// The line up to the cursor, as the shells' scripts hand it over: word by word, or whole.

/**
 * Bash parts words where ids have a colon; PowerShell before 7.3 loses a last word that is empty
 * (about_Preference_Variables: PSNativeCommandArgumentPassing). Both give the line behind `--line`,
 * the program's own name first, and it is parted at blanks. Quotes in it may part it as well.
 */
export function wordsAtCursor([first, ...rest]: readonly string[]): readonly string[] {
  if (first === undefined) return [];
  if (first !== '--line') return [first, ...rest];
  const [, ...words] = rest.join(' ').trimStart().split(/\s+/);
  return words;
}
