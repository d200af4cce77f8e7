// What a record's values may look like together; how each type writes one value is in
// value-syntax.ts.

import { valueSyntax } from './value-syntax.ts';

// Values of a record set (Route 53 Developer Guide, DNSLimitations).
const MOST_VALUES = 400;
const singles: readonly string[] = ['CNAME', 'SOA'];

/** Why the values are not acceptable; empty when they are. */
export function valueProblems(type: string, values: readonly string[]): string[] {
  const problems = values.flatMap((value) => {
    const reason = valueSyntax(type)(value);
    return reason === undefined ? [] : [fatal(reason, value)];
  });
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) problems.push(`Duplicate Resource Record: '${twice}'`);
  if (values.length > 1 && singles.includes(type)) {
    problems.push(
      `The request contains more than one value for a resource record set of type ${type}`,
    );
  }
  if (values.length > MOST_VALUES) {
    problems.push(`Number of values limit of ${MOST_VALUES} per record exceeded.`);
  }
  return problems;
}

function fatal(reason: string, value: string): string {
  return `Invalid Resource Record: 'FATAL problem: ${reason} encountered with '${value}''`;
}
