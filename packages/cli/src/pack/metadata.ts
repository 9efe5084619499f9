// charmcraft.yaml split into the files that Juju reads, as charmcraft splits it.

import { stringify } from 'yaml';
import type { LinksSource } from '@charmed/ops';
import type { Charmcraft } from '../charmcraft/charmcraft.ts';
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

/** The YAML files of a packed charm, by name. */
export function metadataFiles(charmcraft: Charmcraft, platform: CharmPlatform): ReadonlyMap<string, string> {
  const files = new Map([
    ['metadata.yaml', stringify(metadata(charmcraft))],
    ['manifest.yaml', stringify(manifest(platform))],
  ]);
  if (charmcraft.config) files.set('config.yaml', stringify({ options: {}, ...charmcraft.config }));
  if (charmcraft.actions) files.set('actions.yaml', stringify(withBodies(charmcraft.actions)));
  return files;
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

// Juju refuses an action that has nothing at all behind its name.
function withBodies(actions: NonNullable<Charmcraft['actions']>): object {
  return Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, action ?? {}]));
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
