// Checks a password against a hash as `openssl passwd -6` makes it (Unix crypt with SHA-512, by Ulrich Drepper's specification).

import { createHash, timingSafeEqual } from 'node:crypto';

const pattern = /^\$6\$(?:rounds=(\d{1,10})\$)?([^$]{0,16})[^$]*\$([./0-9A-Za-z]{86})$/;
const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const defaultRounds = 5000;
const [minRounds, maxRounds] = [1000, 999_999_999];
const size = 64;

/** Whether this is the hash of the password; false for what is no such hash. */
export function verifyPassword(hash: string, password: string): boolean {
  const match = pattern.exec(hash);
  if (match === null) return false;
  const [, asked, salt = '', expected = ''] = match;
  const rounds = Math.min(Math.max(Number(asked ?? defaultRounds), minRounds), maxRounds);
  return timingSafeEqual(Buffer.from(encode(digest(password, salt, rounds))), Buffer.from(expected));
}

function digest(passwordText: string, saltText: string, rounds: number): Buffer {
  const [password, salt] = [Buffer.from(passwordText), Buffer.from(saltText)];
  const alternate = sha512(password, salt, password);
  const mixed: Buffer[] = [];
  for (let bits = password.length; bits > 0; bits >>= 1) mixed.push(bits % 2 === 1 ? alternate : password);
  let state = sha512(password, salt, repeat(alternate, password.length), ...mixed);
  const p = repeat(sha512(...Array.from({ length: password.length }, () => password)), password.length);
  const s = repeat(sha512(...Array.from({ length: 16 + (state[0] ?? 0) }, () => salt)), salt.length);
  for (let round = 0; round < rounds; round += 1) {
    const isOdd = round % 2 === 1;
    const parts = [isOdd ? p : state];
    if (round % 3 !== 0) parts.push(s);
    if (round % 7 !== 0) parts.push(p);
    state = sha512(...parts, isOdd ? state : p);
  }
  return state;
}

function sha512(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function repeat(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes);
}

// Three bytes make four characters, least significant first; which three is the specification's own order.
function encode(bytes: Buffer): string {
  let text = '';
  for (let index = 0; index < 21; index += 1) {
    const triple = [index, index + 21, index + 42];
    const [high = 0, middle = 0, low = 0] = [0, 1, 2].map((at) => bytes[triple[(at + index) % 3] ?? 0]);
    text += characters((high << 16) | (middle << 8) | low, 4);
  }
  return text + characters(bytes[size - 1] ?? 0, 2);
}

function characters(value: number, count: number): string {
  return Array.from({ length: count }, (_, index) => alphabet[(value >> (6 * index)) & 63]).join('');
}
