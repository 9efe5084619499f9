// Which platform of charmcraft.yaml is packed, and how Juju names it.

import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { CliError } from '../errors.ts';

export type Architecture = 'amd64' | 'arm64';

export interface CharmPlatform {
  readonly architecture: Architecture;
  /** The platform's part of the file name. */
  readonly label: string;
  /** Such as `24.04`. */
  readonly channel: string;
}

const ARCHITECTURES: Readonly<Record<string, Architecture>> = { x64: 'amd64', arm64: 'arm64' };

/** The platform for this machine. @throws CliError `no-platform` when charmcraft.yaml has none. */
export function platformOf(charmcraft: Charmcraft, nodeArch: string = process.arch): CharmPlatform {
  const architecture = ARCHITECTURES[nodeArch];
  const platforms = Object.entries(charmcraft.platforms ?? {});
  for (const [label, platform] of platforms) {
    const [base, named] = label.includes(':') ? label.split(':', 2) : [undefined, label];
    const target = platform?.['build-for'] ?? named;
    const targets = typeof target === 'string' ? [target] : (target ?? []);
    const channel = (base ?? charmcraft.base)?.replace('ubuntu@', '');
    if (!architecture || !channel || !targets.some((name) => name === architecture || name === 'all')) continue;
    return { architecture, channel, label: label.replaceAll(':', '-') };
  }
  const declared = platforms.map(([label]) => label).join(', ') || 'none';
  const wanted = architecture ?? nodeArch;
  throw new CliError(
    'no-platform',
    `cannot pack for ${wanted}: charmcraft.yaml has the platforms ${declared}. Give it a base and the platform: platforms: {${wanted}: }`,
  );
}
