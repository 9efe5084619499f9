// charmcraft.yaml of a Python charm as that of the new one: the same text, but for how it is built.

import { isMap, parseDocument, type Document } from 'yaml';

/** Sections that are about Python or its packing. */
const LEFT_OUT = ['charm-libs', 'bases', 'build-packages', 'build-snaps'];
const PARTS = { charm: { plugin: 'dump', source: 'dist/$CRAFT_ARCH_BUILD_FOR' } };

export interface MigratedYaml {
  readonly text: string;
  /** Names of the sections that were replaced or left out, for the list of what changed. */
  readonly changed: readonly string[];
  /** Libraries of Charmhub that it names. */
  readonly libraries: readonly string[];
}

/** What is no YAML comes back as it is, for the reader of the project to tell. */
export function migrateCharmcraftYaml(source: string): MigratedYaml {
  const document = parseDocument(source);
  if (document.errors.length > 0 || !isMap(document.contents)) return { text: source, changed: [], libraries: [] };
  const libraries = librariesOf(document);
  const platforms = document.has('platforms') ? undefined : platformsOf(document);
  const changed = ['parts', ...LEFT_OUT].filter((section) => document.has(section));
  if (platforms) for (const [key, value] of Object.entries(platforms)) document.set(key, document.createNode(value));
  for (const section of LEFT_OUT) document.delete(section);
  document.set('parts', document.createNode(PARTS));
  return { text: document.toString({ lineWidth: 0 }), changed, libraries };
}

/** The base and platforms that the one entry of `bases` says in the old way. */
function platformsOf(document: Document): object | undefined {
  const { bases } = document.toJS() as { bases?: unknown };
  if (!Array.isArray(bases) || bases.length !== 1) return undefined;
  const [entry] = bases as readonly (LegacyBase | undefined)[];
  const [run] = entry?.['run-on'] ?? entry?.['build-on'] ?? (entry ? [entry] : []);
  if (run?.channel === undefined) return undefined;
  const { name = 'ubuntu', channel, architectures = ['amd64'] } = run;
  return {
    base: `${name}@${channel}`,
    platforms: Object.fromEntries(architectures.map((architecture) => [architecture, null])),
  };
}

interface LegacyBase {
  readonly name?: string;
  readonly channel?: string;
  readonly architectures?: readonly string[];
  readonly 'build-on'?: readonly LegacyBase[];
  readonly 'run-on'?: readonly LegacyBase[];
}

function librariesOf(document: Document): readonly string[] {
  const listed = document.toJS()['charm-libs'] as unknown;
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((each: { lib?: unknown } | null) => (typeof each?.lib === 'string' ? [each.lib] : []));
}
