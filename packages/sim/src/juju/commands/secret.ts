// secret-get, secret-info-get and secret-ids. Follow juju/juju internal/worker/uniter/runner/jujuc/secret-get.go, secret-info-get.go and
// secret-ids.go.

import { quote, reasonOf } from '@charmed/ops/internal';
import type { HookCommand } from '../command.ts';
import type { SecretContent, SecretMetadata } from '../context/secret.ts';
import { decodeBase64 } from '../go/base64.ts';
import { GoTime } from '../go/time.ts';
import { goMap } from '../go/value.ts';
import { HookContextError } from '../hook-context.ts';
import { own } from '../own.ts';
import { secretIdIn } from '../secret-id.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

export const secretGet: HookCommand = {
  name: 'secret-get',
  flags: { label: 'text', peek: 'flag', refresh: 'flag' },
  prints: 'yaml',
  run({ context, flags, args }) {
    const name = nameIn(args, flags.label);
    if (flags.peek && flags.refresh) throw new UsageError('specify one of --peek or --refresh but not both');
    requireAtMost(args, 2);
    const how = flags.refresh ? 'refresh' : flags.peek ? 'peek' : 'tracked';
    const content = context.secrets.content(name, how);
    const [, key] = args;
    if (key) return valueOf(content, key);
    return goMap(Object.fromEntries(Object.keys(content).map((each) => [each, valueOf(content, each)])));
  },
};

export const secretInfoGet: HookCommand = {
  name: 'secret-info-get',
  flags: { label: 'text' },
  prints: 'yaml',
  run({ context, flags, args }) {
    const { id, label } = nameIn(args, flags.label);
    if (id !== undefined && label !== undefined) {
      throw new UsageError('specify either a secret URI or label but not both');
    }
    requireAtMost(args, 1);
    const owned = context.secrets.owned();
    const found = id ?? Object.keys(owned).find((each) => owned[each]?.label === label);
    const metadata = found === undefined ? undefined : own(owned, found);
    if (!metadata) throw new HookContextError(`secret ${quote(id ?? label ?? '')} not found`);
    return goMap({ [found ?? '']: shown(metadata) });
  },
};

export const secretIds: HookCommand = {
  name: 'secret-ids',
  prints: 'smart',
  run({ context, args, format }) {
    requireAtMost(args, 0);
    const ids = Object.keys(context.secrets.owned()).toSorted();
    return ids.length === 0 && format === 'json' ? null : ids;
  },
};

function nameIn(
  args: readonly string[],
  label: string | boolean | undefined,
): { id: string | undefined; label: string | undefined } {
  const [uri] = args;
  const name = { id: uri === undefined ? undefined : idIn(uri), label: label ? String(label) : undefined };
  if (name.id === undefined && name.label === undefined) throw new UsageError('require either a secret URI or label');
  return name;
}

// Reading says the same of whatever is wrong with a URI.
function idIn(uri: string): string {
  try {
    return secretIdIn(uri);
  } catch {
    throw new UsageError(`secret URI ${quote(uri)} not valid`);
  }
}

function valueOf(content: SecretContent, key: string): string {
  const isEncoded = key.endsWith('#base64');
  const name = isEncoded ? key.slice(0, -'#base64'.length) : key;
  const value = own(content, name);
  if (value === undefined) throw new HookContextError(`secret key value ${quote(name)} not found`);
  if (isEncoded) return value;
  try {
    return decodeBase64(value);
  } catch (error) {
    throw new HookContextError(reasonOf(error));
  }
}

function shown(metadata: SecretMetadata): object {
  const { revision, label, owner, description, rotate, expires, rotates, access } = metadata;
  return {
    revision,
    label,
    owner,
    ...(description !== '' && { description }),
    ...(rotate !== '' && { rotation: rotate }),
    ...(expires !== undefined && { expiry: new GoTime(expires) }),
    ...(rotates !== undefined && { rotates: new GoTime(rotates) }),
    ...(access.length > 0 && { access: access.map(({ target, scope }) => ({ target, scope, role: 'view' })) }),
  };
}
