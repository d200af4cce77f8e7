// Copied from packages/api/src/http/input/json-pointer.ts by `pnpm generate`; never edited.
// How a name is written in a JSON Pointer (RFC 6901).

/** One step of a pointer: `/` and the name of a member, or the index of an item. */
export function pointerStep(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
