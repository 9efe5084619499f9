// `/v1/identities` (canonical/pebble docs/reference/identities.md; internals/daemon/api_identities.go).

import { quote } from '@charmed/ops/internal';
import { whyNoCertificate } from '../engine/certificate.ts';
import { badRequest } from '../engine/errors.ts';
import { type Access, type Identities, type Identity, whyInvalid } from '../engine/identities.ts';
import { type Answer, syncAnswer } from './answer.ts';
import { type Payload, readBody } from './body.ts';
import type { ApiRequest, Route } from './router.ts';

const hidden = '*****';

export function identityRoutes(identities: Identities): Route[] {
  return [
    { path: '/v1/identities', GET: () => list(identities), POST: (request) => change(identities, request) },
    // Clients are paired over HTTPS alone.
    { path: '/v1/pairing', POST: () => syncAnswer(undefined), writers: 'nobody' },
  ];
}

function list(identities: Identities): Answer {
  const names = [...identities.list()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return syncAnswer(Object.fromEntries(names.map(([name, identity]) => [name, encodeIdentity(identity)])));
}

async function change(identities: Identities, { incoming }: ApiRequest): Promise<Answer> {
  const payload = await readBody(incoming);
  const given = new Map([...payload.optionalObjects('identities')].map(([name, each]) => [name, decode(name, each)]));
  apply(identities, payload.text('action'), given);
  return syncAnswer(undefined);
}

function apply(identities: Identities, action: string, given: ReadonlyMap<string, Identity | null>): void {
  if (action === 'add') identities.add(allSet(given, action));
  else if (action === 'update') identities.update(allSet(given, action));
  else if (action === 'replace') identities.replace(given);
  else if (action === 'remove') {
    for (const [name, identity] of given) {
      if (identity !== null) throw badRequest(`identity value for ${quote(name)} must be null for remove operation`);
    }
    identities.remove([...given.keys()]);
  } else throw badRequest(`invalid action ${quote(action)}, must be "add", "update", "replace", or "remove"`);
}

function allSet(given: ReadonlyMap<string, Identity | null>, action: string): ReadonlyMap<string, Identity> {
  const set = new Map<string, Identity>();
  for (const [name, identity] of given) {
    if (identity === null)
      throw badRequest(`identity value for ${quote(name)} must not be null for ${action} operation`);
    set.set(name, identity);
  }
  return set;
}

function decode(name: string, payload: Payload | null): Identity | null {
  if (payload === null) return null;
  const invalid = (reason: string) => badRequest(`invalid identity for ${quote(name)}: ${reason}`);
  const [local, basic, cert] = ['local', 'basic', 'cert'].map((key) => payload.optionalObject(key));
  const userId = local?.optionalInteger('user-id');
  if (local && userId === undefined) throw invalid('local identity must specify user-id');
  const pem = cert?.text('pem');
  const noCertificate = pem === undefined ? undefined : whyNoCertificate(pem);
  if (noCertificate !== undefined) throw invalid(noCertificate);
  const access = payload.optionalText('access') as Access | undefined;
  const identity = {
    ...(access !== undefined && { access }),
    ...(userId !== undefined && { local: { userId } }),
    ...(basic && { basic: { password: basic.text('password') } }),
    ...(pem !== undefined && { cert: { pem } }),
  };
  const reason = whyInvalid(name, identity);
  if (reason !== undefined) throw invalid(reason);
  return identity as Identity;
}

function encodeIdentity({ access, local, basic, cert }: Identity): object {
  return {
    access,
    ...(local && { local: { 'user-id': local.userId } }),
    ...(basic && { basic: { password: hidden } }),
    ...(cert && { cert: { pem: hidden } }),
  };
}
