// A charm's project on the disk.

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NODE_MODULES = join(import.meta.dirname, '../../../node_modules');

export const ARCHITECTURE: string = process.arch === 'arm64' ? 'arm64' : 'amd64';

export const CHARMCRAFT_YAML = `name: tiny
type: charm
summary: A charm for tests
description: Does next to nothing.
base: ubuntu@24.04
platforms: {amd64: , arm64: }
`;

export const CHARM_TS = `
import { ActiveStatus, CharmBase, main, type Framework } from '@charmed/ops';

class TinyCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.start, this.#onStart);
  }

  async #onStart() {
    await this.unit.setStatus(new ActiveStatus());
  }
}

if (import.meta.main) await main(TinyCharm);
`;

/** @param files by path, in addition to, or in place of, what a charm needs at least. */
export function writeProject(directory: string, files: Readonly<Record<string, string>> = {}): void {
  const all = { 'charmcraft.yaml': CHARMCRAFT_YAML, 'src/charm.ts': CHARM_TS, ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  symlinkSync(NODE_MODULES, join(directory, 'node_modules'));
}
