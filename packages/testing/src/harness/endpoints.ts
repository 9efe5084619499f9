// What the charm declares of its endpoints.

import { charmMetaFrom, type MetaSource } from '@charmed/ops/internal';
import { HarnessError } from './errors.ts';

/** @throws HarnessError for an endpoint that the metadata does not declare. */
export function endpointRole(meta: MetaSource, endpoint: string): 'requires' | 'provides' | 'peers' {
  const { relations } = charmMetaFrom(meta);
  const declared = relations.get(endpoint);
  if (declared) return declared.role;
  const known = [...relations.keys()].join(', ') || 'none';
  throw new HarnessError(`cannot find endpoint ${endpoint}: the metadata declares ${known}`);
}
