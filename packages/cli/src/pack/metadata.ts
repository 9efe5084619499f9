// charmcraft.yaml split into the files that Juju reads, as charmcraft splits it. Where the project has such a file, it is taken as it is.

import { stringify } from 'yaml';
import type { LinksSource } from '@charmed/ops';
import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import type { Project } from '../charmcraft/read.ts';
import type { CharmPlatform } from './platform.ts';

const METADATA_SECTIONS = [
  'assumes',
  'charm-user',
  'containers',
  'devices',
  'extra-bindings',
  'peers',
  'provides',
  'requires',
  'resources',
  'storage',
  'subordinate',
  'terms',
] as const;

/** What charmcraft writes into a charm by itself. */
export const MADE_BY_CHARMCRAFT: ReadonlySet<string> = new Set([
  'metadata.yaml',
  'manifest.yaml',
  'config.yaml',
  'actions.yaml',
]);

/** The YAML files of a packed charm, by name. */
export function metadataFiles(
  { charmcraft, beside }: Pick<Project, 'charmcraft' | 'beside'>,
  platform: CharmPlatform,
): ReadonlyMap<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>([
    ['metadata.yaml', yaml(metadata(charmcraft))],
    ['manifest.yaml', yaml(manifest(platform))],
  ]);
  if (charmcraft.config?.options) files.set('config.yaml', yaml(charmcraft.config));
  if (Object.keys(charmcraft.actions ?? {}).length > 0) files.set('actions.yaml', yaml(charmcraft.actions));
  for (const [name, content] of beside) files.set(name, content);
  return files;
}

// Juju reads YAML 1.1, in which more texts need quotes: `yes`, `0777`, `1_000`.
function yaml(value: unknown): string {
  return stringify(value, { version: '1.1' });
}

function metadata(charmcraft: Charmcraft): object {
  const sections = METADATA_SECTIONS.filter((section) => charmcraft[section] !== undefined).map((section) => [
    section,
    charmcraft[section],
  ]);
  return {
    name: charmcraft.name,
    ...(charmcraft.title !== undefined && { 'display-name': charmcraft.title }),
    summary: charmcraft.summary,
    description: charmcraft.description,
    ...linkFields(charmcraft.links ?? {}),
    ...Object.fromEntries(sections),
  };
}

function linkFields(links: LinksSource): object {
  const contact = links.contact;
  return {
    ...(contact !== undefined && { maintainers: typeof contact === 'string' ? [contact] : contact }),
    ...(links.documentation !== undefined && { docs: links.documentation }),
    ...(links.issues !== undefined && { issues: links.issues }),
    ...(links.source !== undefined && { source: links.source }),
    ...(links.website !== undefined && { website: links.website }),
  };
}

function manifest(platform: CharmPlatform): object {
  const base = { name: 'ubuntu', channel: platform.channel, architectures: [platform.architecture] };
  return {
    bases: [base],
    analysis: {
      attributes: [
        { name: 'language', result: 'javascript' },
        { name: 'framework', result: 'charmed' },
      ],
    },
  };
}
