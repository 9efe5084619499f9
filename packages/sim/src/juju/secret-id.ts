// How charms name secrets: a bare id, or a URI. Follows juju/juju core/secrets/secret.go, ParseURI, and github.com/rs/xid.

import { quote } from '@charmed/ops/internal';
import { UsageError } from './usage-error.ts';

const ID = /^[0-9a-v]{19}[0g]$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The bare id in `id`, `secret:id` or `secret://model-uuid/id`. @throws UsageError */
export function secretIdIn(text: string): string {
  const [, scheme, rest = text] = /^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$/s.exec(text) ?? [];
  if (scheme !== undefined && scheme.toLowerCase() !== 'secret') {
    throw new UsageError(`secret URI scheme ${quote(scheme)} not valid`);
  }
  const parts = rest.replace(/^\/+/, '').split('/');
  const [id = '', source] = parts.toReversed();
  const isLocated = source === undefined || UUID.test(source);
  if (!ID.test(id) || !isLocated || parts.length > 2) throw new UsageError(`secret URI ${quote(text)} not valid`);
  return id;
}
