// Colours, few, and only where a person looks. A state is also always a word, which its colour
// repeats.

export type Style = 'good' | 'bad' | 'busy' | 'faint' | 'strong';

const CODES: Record<Style, [number, number]> = {
  good: [32, 39],
  bad: [31, 39],
  busy: [33, 39],
  faint: [2, 22],
  strong: [1, 22],
};

/** States that need nobody, and states from which nothing good follows; others are on their way. */
const STATES: Record<string, Style> = {
  ...styles(
    'good',
    'active allowed attested available imported manage open pass proven succeeded verified yes',
  ),
  ...styles('bad', 'blocked contested deleted disputed expired fail failed missing no rejected'),
  ...styles('bad', 'revoked suspended lapsed'),
  ...styles(
    'busy',
    'claimed configuring deleting offboarding pending pendingAcceptance publishing removing',
  ),
  ...styles('busy', 'running unknown unmanaged verifying warn partial'),
};

export function styled(text: string, style: Style | undefined, colour: boolean): string {
  if (style === undefined || !colour) return text;
  const [on, off] = CODES[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

/** The members that hold a state. A name or a reason may happen to be the same word. */
const STATE_MEMBERS = /^(|.*[._])(state|standing|from|to)$|^modes\./;

/** The style of a state of whatever resource, or undefined for any other text. */
export function stateStyle(state: string): Style | undefined {
  return Object.hasOwn(STATES, state) ? STATES[state] : undefined;
}

/** The style of what stands at a path such as `observed.state`. */
export function memberStyle(path: string, text: string): Style | undefined {
  return STATE_MEMBERS.test(path) ? stateStyle(text) : undefined;
}

function styles(style: Style, words: string): Record<string, Style> {
  return Object.fromEntries(words.split(' ').map((word) => [word, style]));
}
