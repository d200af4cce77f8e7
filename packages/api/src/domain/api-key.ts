// API keys: what a key looks like, so that a typo is told apart from an unknown key without a
// look-up.

import { hash } from 'node:crypto';
import type { Scope } from './scope.ts';

export const roles = ['operator', 'support', 'customer'] as const;
export type Role = (typeof roles)[number];

export interface ApiKey {
  id: string;
  name: string;
  role: Role;
  /** The customer of a customer's key; null for staff. */
  customerId: string | null;
  /** What it may do beyond its role; empty for everything that the role may. */
  scopes: Scope[];
  /** The only services whose grants, connections and principals a customer's key shows. */
  endpointServiceIds: string[];
  /** The key that it replaces, or null. */
  rotatedFrom: string | null;
  /** The first characters, enough to recognise it by. */
  hint: string;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

const tokenPattern = /^sallyport_token_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
const pattern = /^sallyport_(operator|support|customer)_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** How long the old key of a rotation goes on by itself, and at the most. In seconds. */
export const rotationOverlap = { usual: 86_400, most: 30 * 86_400 };

/** `sallyport_<role>_<256 bits in base62><checksum>`, the form that secret scanners recognise. */
export function formatKey(role: Role, random: Uint8Array): string {
  return formatSecret(role, random);
}

/**
 * True when the text has the form and the checksum of a key. Says nothing about whether it exists.
 */
export function isKey(text: string): boolean {
  return pattern.test(text) && hasChecksum(text);
}

/** Likewise for a customer's token. */
export function isCustomerToken(text: string): boolean {
  return tokenPattern.test(text) && hasChecksum(text);
}

/**
 * What is stored in place of a key or an invite's token: both are random, so one hash is enough.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}

/** An invite's one-time token, of the same strength as a key. */
export function formatInviteToken(random: Uint8Array): string {
  return formatSecret('invite', random);
}

/** A customer's token of minutes, likewise. */
export function formatCustomerToken(random: Uint8Array): string {
  return formatSecret('token', random);
}

/** A one-time token of a script that reports what it sees, likewise. */
export function formatObservationToken(random: Uint8Array): string {
  return formatSecret('observation', random);
}

function formatSecret(kind: string, random: Uint8Array): string {
  const body = `sallyport_${kind}_${base62(random, 43)}`;
  return body + checksum(body);
}

function base62(bytes: Uint8Array, length: number): string {
  let value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = '';
  for (let i = 0; i < length; i++) {
    text = digits[Number(value % 62n)] + text;
    value /= 62n;
  }
  return text;
}

function hasChecksum(text: string): boolean {
  return checksum(text.slice(0, -6)) === text.slice(-6);
}

function checksum(text: string): string {
  return base62(hash('sha256', text, 'buffer').subarray(0, 4), 6);
}
