// One figure of the bench: measured beside what it is compared with, in the same run.

export interface Figure {
  name: string;
  /** The value with its unit. */
  value: string;
  /** What it is compared with, or the bound that is aimed at. */
  beside: string;
}

/** The middle of the samples, which a single slow run does not move. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function milliseconds(value: number): string {
  return `${Math.round(value)} ms`;
}

/** In columns of one width, as they are printed in groups. */
const [nameWidth, valueWidth] = [50, 12];

export function printFigures(figures: readonly Figure[]): void {
  const indent = nameWidth + valueWidth + 4;
  for (const { name, value, beside } of figures) {
    const lines = wrapped(beside, (process.stdout.columns ?? 120) - indent);
    const text = lines.join(`\n${' '.repeat(indent)}`);
    process.stdout.write(`${name.padEnd(nameWidth)}  ${value.padStart(valueWidth)}  ${text}\n`);
  }
}

function wrapped(text: string, width: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}
