// Identities: who may ask Pebble for what.

import { fieldsOf, numberOf, optional, textOf, type Fields } from './fields.ts';
import { get, post } from './request.ts';
import type { PebbleTransport } from './transport.ts';

/** What one may do: everything, read, read metrics, or only what is open to all. */
export type IdentityAccess = 'admin' | 'read' | 'metrics' | 'untrusted';

/** Somebody known by at least one of these. */
export interface Identity {
  readonly access: IdentityAccess | (string & {});
  /** A user of the machine, by the number that the kernel tells. */
  readonly local?: { readonly userId: number } | undefined;
  /** HTTP basic authentication, with the password as a SHA-512 crypt hash. Pebble does not tell it again: it shows `*****`. */
  readonly basic?: { readonly password: string } | undefined;
  /** A client's certificate, in PEM, for Pebbles that serve HTTPS. Pebble does not tell it again: it shows `*****`. */
  readonly cert?: { readonly pem: string } | undefined;
}

export async function getIdentities(transport: PebbleTransport): Promise<ReadonlyMap<string, Identity>> {
  const { result } = await get(transport, 'get identities', '/v1/identities');
  const entries = Object.entries(optional(result, fieldsOf) ?? {});
  return new Map(entries.map(([name, value]) => [name, identityFrom(value)]));
}

export async function replaceIdentities(
  transport: PebbleTransport,
  identities: Readonly<Record<string, Identity | null>>,
): Promise<void> {
  const entries = Object.entries(identities).map(([name, identity]) => [name, identity && payloadOf(identity)]);
  await post(transport, 'replace identities', '/v1/identities', {
    action: 'replace',
    identities: Object.fromEntries(entries) as Fields,
  });
}

export async function removeIdentities(transport: PebbleTransport, names: readonly string[]): Promise<void> {
  const identities = Object.fromEntries(names.map((name) => [name, null]));
  await post(transport, 'remove identities', '/v1/identities', { action: 'remove', identities });
}

function payloadOf({ access, local, basic, cert }: Identity): Fields {
  return { access, local: local && { 'user-id': local.userId }, basic, cert };
}

function identityFrom(value: unknown): Identity {
  const identity = fieldsOf(value);
  const local = optional(identity.local, fieldsOf);
  const basic = optional(identity.basic, fieldsOf);
  const cert = optional(identity.cert, fieldsOf);
  return {
    access: textOf(identity.access),
    ...(local && { local: { userId: numberOf(local['user-id']) } }),
    ...(basic && { basic: { password: textOf(basic.password) } }),
    ...(cert && { cert: { pem: textOf(cert.pem) } }),
  };
}
