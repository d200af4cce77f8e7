// Whether this Node can run the service. Nothing else of ours says it so that a person understands.

/** The same as `engines` of the package. */
export const neededNode = '22.22';

/** What to tell somebody whose Node is too old, or null. @param version such as `24.1.0` */
export function nodeComplaint(version: string, binary: string): string | null {
  if (!isOlder(version, neededNode)) return null;
  return (
    `Node ${neededNode} or newer is needed; this is ${version} (${binary}). ` +
    'In the repository, `npx -y pnpm@12 exec node` is one that fits.'
  );
}

function isOlder(version: string, needed: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number);
  return major < neededMajor || (major === neededMajor && minor < neededMinor);
}
