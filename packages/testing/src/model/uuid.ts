// The UUID of a model: always the same one for a name, so that what a test prints stays the same.

import { createHash } from 'node:crypto';

/** That of `test-model` is the one that a `State` has by default. */
export function uuidOf(name: string): string {
  if (name === 'test-model') return 'b6a3ed4c-2c87-4d5c-9a2e-35d8c11b3b8a';
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
