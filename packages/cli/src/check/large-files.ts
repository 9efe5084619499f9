// Files that would make the charm large: each unit of each deployment fetches and expands them.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../findings/finding.ts';
import { companionFiles } from '../pack/companions.ts';

const LARGE_BYTES = 16 * 1024 * 1024;

export async function largeFiles(directory: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const file of await companionFiles(directory)) {
    const { size } = await stat(join(directory, file));
    if (size <= LARGE_BYTES) continue;
    const message = `has ${Math.round(size / 1024 / 1024)} MiB and goes into the charm; make it a resource`;
    findings.push({ file, line: 1, column: 1, rule: 'large-file', message });
  }
  return findings;
}
