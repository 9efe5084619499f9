// charmcraft.yaml of a Python charm as that of the new one: the same text, but for how it is built.

import { isMap, isNode, parseDocument, stringify, type Document, type YAMLMap } from 'yaml';

/** Sections that are about Python or its packing. */
const REPLACED = ['parts', 'charm-libs', 'bases'];
const PARTS = { charm: { plugin: 'dump', source: 'dist/$CRAFT_ARCH_BUILD_FOR' } };

export interface MigratedYaml {
  readonly text: string;
  /** Names of the sections that were replaced or left out, for the list of what changed. */
  readonly changed: readonly string[];
  /** Libraries of Charmhub that it names. */
  readonly libraries: readonly string[];
}

/** What is no YAML in blocks comes back as it is, for the reader of the project to tell. */
export function migrateCharmcraftYaml(source: string): MigratedYaml {
  const document = parseDocument(source);
  const { contents, errors } = document;
  if (errors.length > 0 || !isMap(contents) || contents.flow) return { text: source, changed: [], libraries: [] };
  const platforms = document.has('platforms') ? {} : platformsOf(document);
  return {
    text: withoutSections(source, contents) + stringify({ ...platforms, parts: PARTS }, { nullStr: '' }),
    changed: REPLACED.filter((section) => document.has(section)),
    libraries: librariesOf(document),
  };
}

// Cut out of the text: a document that is printed anew says `777` where it said `0777`.
function withoutSections(source: string, { items }: YAMLMap): string {
  const starts = items.map(({ key }) => (isNode(key) ? key.range?.[0] : undefined) ?? 0);
  const kept = items.map(({ key }, index) => {
    const section = source.slice(starts[index], starts[index + 1]);
    return REPLACED.includes(String(key)) ? commentsBehind(section) : section;
  });
  const text = source.slice(0, starts[0]) + kept.join('');
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** Lines between a section and the next, which are about the next. */
function commentsBehind(section: string): string {
  const lines = section.split('\n');
  return lines.slice(lines.findLastIndex((line) => !/^#|^\s*$/.test(line)) + 1).join('\n');
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
