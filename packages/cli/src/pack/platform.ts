// The platforms of charmcraft.yaml: what is packed for each, and how Juju names it.

import type { Charmcraft, Platform } from '../charmcraft/charmcraft.ts';
import { CliError } from '../errors.ts';

export type Architecture = 'amd64' | 'arm64';

export interface CharmPlatform {
  readonly architecture: Architecture;
  /** The platform's part of the file name. */
  readonly label: string;
  /** Such as `24.04`. */
  readonly channel: string;
}

const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64'];

/** The architecture of this machine, if charms are packed for it. */
export const ownArchitecture: Architecture | undefined = ({ x64: 'amd64', arm64: 'arm64' } as const)[
  process.arch as 'x64' | 'arm64'
];

/**
 * The platforms to pack for.
 *
 * @param wanted labels, or `host` for those of this machine. Default: all.
 * @throws CliError `no-platform` when charmcraft.yaml has none, or not one of these; `bad-platform` for one that no charm is packed for.
 */
export function platformsOf(charmcraft: Charmcraft, wanted: readonly string[] = []): readonly CharmPlatform[] {
  const platforms = Object.entries(charmcraft.platforms ?? {}).map(([label, platform]) => {
    return platformFrom(charmcraft, label, platform ?? {});
  });
  requireDistinct(platforms);
  const chosen = wanted.length === 0 ? platforms : wanted.flatMap((name) => platformsNamed(platforms, name));
  if (chosen.length > 0) return chosen;
  const declared = platforms.map(({ label }) => label).join(', ') || 'none';
  const advice = `Give it a base and one for this machine: platforms: {${ownArchitecture ?? 'amd64'}: }`;
  throw new CliError('no-platform', `cannot pack: charmcraft.yaml has the platforms ${declared}. ${advice}`);
}

function requireDistinct(platforms: readonly CharmPlatform[]): void {
  const labels = platforms.map(({ label }) => label);
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  if (twice === undefined) return;
  const message = `cannot pack: charmcraft.yaml has two platforms whose charm would be called ${twice}. Rename one of them.`;
  throw new CliError('bad-platform', message);
}

function platformsNamed(platforms: readonly CharmPlatform[], name: string): readonly CharmPlatform[] {
  return platforms.filter(({ label, architecture }) => {
    return name === 'host' ? architecture === ownArchitecture : label === name.replaceAll(':', '-');
  });
}

// https://documentation.ubuntu.com/charmcraft/stable/reference/platforms: `amd64`, or `ubuntu@24.04:amd64`, or any name with build-for.
function platformFrom(charmcraft: Charmcraft, label: string, platform: Platform): CharmPlatform {
  const [base, named = ''] = label.includes(':') ? label.split(':', 2) : [undefined, label];
  const target = platform['build-for'] ?? named;
  const [first = '', ...others] = typeof target === 'string' ? [target] : target;
  const channel = (base ?? charmcraft.base)?.replace('ubuntu@', '');
  if (!channel)
    throw new CliError('no-base', `cannot pack for ${label}: charmcraft.yaml has no base; give it base: ubuntu@24.04`);
  const architecture = first === 'all' ? ownArchitecture : ARCHITECTURES.find((known) => known === first);
  if (!architecture || others.length > 0) {
    const reason =
      others.length > 0 ? 'it builds for several architectures at once' : `there is no Node 24 for ${first}`;
    const advice = `Charms are packed for ${ARCHITECTURES.join(' and ')}, a platform each.`;
    throw new CliError('bad-platform', `cannot pack for ${label}: ${reason}. ${advice}`);
  }
  return { architecture, channel, label: label.replaceAll(':', '-') };
}
