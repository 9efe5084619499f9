// Files of the project that go into the charm as they are.

import { glob } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** `workload` holds what the charm pushes into its containers; the rest is what Juju, Charmhub and observability look for. */
const COMPANIONS = [
  'LICENSE',
  'README.md',
  'icon.svg',
  'lxd-profile.yaml',
  'version',
  'workload/**',
  'templates/**',
  'src/{prometheus,loki}_alert_rules/**',
  'src/grafana_dashboards/**',
];

/** Their paths in the project, and in the charm. */
export async function companionFiles(directory: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const entry of glob(COMPANIONS, { cwd: directory, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.test.ts')) continue;
    found.push(relative(directory, join(entry.parentPath, entry.name)));
  }
  return found.toSorted();
}
