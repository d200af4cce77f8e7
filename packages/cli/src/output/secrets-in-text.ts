// Blanks out what lets somebody in, wherever in a text it stands, by how it looks: evidence quotes
// requests and answers of AWS, and what customers send.

export const REDACTED = '[redacted]';

const SHAPES = [
  // Keys, invites and tokens of this product, and secrets of its webhooks.
  /\b(?:spk|whsec|sallyport_[a-z]+)_[\w+/=-]{12,}/g,
  // Key ids of AWS, of users and of sessions (IAM User Guide, "IAM identifiers").
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g,
  // JSON Web Tokens: a header that begins as JSON does, and what follows it.
  /\beyJ[\w-]{8,}(?:\.[\w-]*)+/g,
  // Session tokens of AWS have hundreds of characters; nothing else has as many without a blank.
  /(?<![\w+/=%-])[\w+/=%-]{120,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bBearer\s+[\w.+/=~-]{8,}/gi,
];

/** `X-Amz-Signature=…`, `aws_secret_access_key = …`, `"SecretAccessKey": "…"`: the name stays. */
const WORDS = 'signature|credential|secret|password|token|api[-_]?key|access[-_]?key';
const NAME = String.raw`[\w-]*(?:${WORDS})[\w-]*`;
const NAMED = new RegExp(String.raw`(${NAME}["']?\s*[=:]\s*["']?)[^\s"',;&<>)]{6,}`, 'gi');

export function withoutSecrets(text: string): string {
  const named = text.replaceAll(NAMED, (_, name: string) => `${name}${REDACTED}`);
  return SHAPES.reduce((rest, shape) => rest.replaceAll(shape, REDACTED), named);
}
