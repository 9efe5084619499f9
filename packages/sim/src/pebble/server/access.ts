// Who may call what (canonical/pebble docs/reference/identities.md; internals/daemon/access.go and daemon.go). Node cannot ask the kernel who is at
// the other end of a socket. Since only the owner of the socket can reach it, it is taken to be them.

import { PebbleError } from '../engine/errors.ts';
import type { Access, Identities, User } from '../engine/identities.ts';
import type { ApiIncoming } from './answer.ts';

/** Whom a call is for. */
export type Audience = 'everybody' | 'metrics' | 'user' | 'admin' | 'nobody';

const allowed: Readonly<Record<Audience, readonly Access[]>> = {
  everybody: ['admin', 'read', 'metrics', 'untrusted'],
  metrics: ['admin', 'read', 'metrics'],
  user: ['admin', 'read'],
  admin: ['admin'],
  nobody: [],
};

export function userOf(incoming: Pick<ApiIncoming, 'headers'>, identities: Identities): User {
  const uid = process.getuid?.() ?? 0;
  return identities.find({ uid, ...passwordIn(incoming) }) ?? { access: 'admin', uid };
}

/** @throws PebbleError with status 401. */
export function requireAccess({ access }: User, audience: Audience): void {
  if (!allowed[audience].includes(access)) throw new PebbleError(401, 'access denied', 'login-required');
}

function passwordIn({ headers }: Pick<ApiIncoming, 'headers'>): { username: string; password: string } {
  const encoded = /^Basic (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0
    ? { username: '', password: '' }
    : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
