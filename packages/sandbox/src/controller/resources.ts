// The resources that are given with a charm: files, used where they are.

import { existsSync } from 'node:fs';
import type { MetaSource } from '@charmed/ops/internal';
import { ModelCommandError } from '@charmed/sim/model';

/** @throws ModelCommandError `bad-resource` when the charm has no such resource, or there is no such file. */
export function checkResources(charm: MetaSource, resources: Readonly<Record<string, string>>): void {
  const declared = charm.resources ?? {};
  for (const [name, path] of Object.entries(resources)) {
    const cannot = `cannot use "${path}" as the resource "${name}"`;
    if (!Object.hasOwn(declared, name)) {
      const known = Object.keys(declared).join(', ') || 'none';
      throw new ModelCommandError('bad-resource', `${cannot}: the charm has the resources ${known}`);
    }
    if (!existsSync(path)) throw new ModelCommandError('bad-resource', `${cannot}: there is no such file`);
  }
}
