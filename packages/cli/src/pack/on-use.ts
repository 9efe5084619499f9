// The packages that @charmed/ops imports on use become files of their own. In the bundle they would be two thirds of what each
// dispatch reads, and few dispatches need them.

import type { Plugin } from 'rolldown';

const PACKAGES: ReadonlySet<string> = new Set(['yaml']);

export interface OnUse {
  readonly plugin: Plugin;
  /** Path of the entry of each package that was met, by the name of its file. */
  readonly met: ReadonlyMap<string, string>;
}

export function onUse(): OnUse {
  const met = new Map<string, string>();
  const plugin: Plugin = {
    name: 'on-use',
    async resolveId(id, importer, { kind }) {
      if (kind !== 'dynamic-import' || !PACKAGES.has(id)) return null;
      const resolved = await this.resolve(id, importer);
      if (!resolved) return null;
      const file = `${id}.mjs`;
      met.set(file, resolved.id);
      return { id: `./${file}`, external: true };
    },
  };
  return { plugin, met };
}
