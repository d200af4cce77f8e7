// The flat `A.1.B=c` parameters of the Query protocols as a tree, which remembers what was read,
// so that a parameter nobody asked for can be named instead of being silently ignored.

import { AwsError } from '../aws-error.ts';

export interface Parameter {
  readonly path: string;
  value: string | undefined;
  read: boolean;
  readonly children: Map<string, Parameter>;
}

/**
 * Builds the tree.
 * @throws AwsError MalformedQueryString when the same name is given twice: which one would win is
 * not documented, and a verifier that reads the other one can be fooled.
 */
export function parameterTree(pairs: Iterable<readonly [string, string]>): Parameter {
  const root = parameter('');
  for (const [name, value] of pairs) {
    const leaf = descend(root, name);
    if (leaf.value !== undefined) {
      throw new AwsError('MalformedQueryString', `The parameter ${name} is given more than once`);
    }
    leaf.value = value;
  }
  return root;
}

/** The value at a direct child, marked as read. */
export function readValue(node: Parameter | undefined): string | undefined {
  if (!node) return undefined;
  node.read = true;
  return node.value;
}

/** The elements of `Name.1`, `Name.2` …, in numeric order; gaps are closed, as EC2 does. */
export function elements(node: Parameter): Parameter[] {
  return [...node.children.entries()]
    .filter(([key]) => /^[0-9]{1,9}$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}

/** The first parameter that carries a value and was not read, or undefined. */
export function unreadParameter(node: Parameter): Parameter | undefined {
  if (node.value !== undefined && !node.read) return node;
  for (const child of node.children.values()) {
    const unread = unreadParameter(child);
    if (unread) return unread;
  }
  return undefined;
}

function descend(root: Parameter, name: string): Parameter {
  let node = root;
  for (const part of name.split('.')) {
    let child = node.children.get(part);
    if (!child) {
      child = parameter(node.path === '' ? part : `${node.path}.${part}`);
      node.children.set(part, child);
    }
    node = child;
  }
  return node;
}

function parameter(path: string): Parameter {
  return { path, value: undefined, read: false, children: new Map() };
}
