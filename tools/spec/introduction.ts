// What the contract says of itself before its first operation: what holds for all of them. At
// length it is in docs/api.md.

export const introduction = `\
AWS PrivateLink onboarding for SaaS vendors: who may connect, whether it works, why not, and
whose turn it is.

**Keys.** Send \`Authorization: Bearer …\` with an API key, a token of a customer or, for staff,
a token of the identity provider. \`x-roles\` and \`x-scope\` say who may use an operation. What
belongs to another customer looks like what is not there.

**Names.** Wherever an id goes, the key that people or AWS have for the thing goes too: an
\`external_id\`, a \`vpce-…\`, an account number.

**Changes** can be sent again under the same \`Idempotency-Key\`, and a DELETE as it is. They are
tried out with \`validate_only\`, and are guarded by \`If-Match\`. AWS is changed later, by
workers: a 202 answers with an operation to follow, and reads take \`wait\`. What has a GET
answers HEAD, except a stream of lines.

**Lists** come in pages: send \`next_cursor\` as \`cursor\` until it is null.

**Failures** are problems (RFC 9457) with a stable \`code\`, and with what to do next, and who.

**Growth.** Answers may get new members, and states, kinds and codes new values: take what you
do not know as something else that is under way.`;

export const authentication =
  'An API key, a token of a customer or, for staff, a token of the identity provider.';
