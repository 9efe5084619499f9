// What Juju takes as the content of a secret.

import { ModelError } from '../errors.ts';

/** juju/juju, core/secrets/secret.go. */
const KEY = /^[a-z](?:-?[a-z0-9]){2,}$/;

/** @throws ModelError `bad-secret-content`, which never says what a value is. */
export function requireContent(content: Readonly<Record<string, unknown>>): void {
  const entries = Object.entries(content);
  if (entries.length === 0) throw badContent('it is empty. Give at least one key and value.');
  for (const [key, value] of entries) {
    if (!KEY.test(key)) {
      const rule = 'a key has three or more of a-z, 0-9 and "-", begins with a letter, and does not end with "-"';
      throw badContent(`it has the key ${JSON.stringify(key)}, but ${rule}`);
    }
    if (typeof value !== 'string') {
      throw badContent(`its values are strings, and that of ${key} is of type ${typeof value}. Encode it first.`);
    }
  }
}

function badContent(reason: string): ModelError {
  return new ModelError('bad-secret-content', `cannot use the content of a secret: ${reason}`);
}
