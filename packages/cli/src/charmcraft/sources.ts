// The files of a project that declare the charm, as one document: charmcraft.yaml, and what older projects have beside it or in its
// place. As with charmcraft, metadata.yaml, config.yaml and actions.yaml go into the charm as they are.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, CliError } from '../errors.ts';
import type { Finding } from '../findings/finding.ts';
import { joined, readYaml, type Owner, type YamlDocument } from './document.ts';
import { isMapping, Place, type Shape } from './place.ts';
import { actionsYaml, charmcraftYaml, configYaml, METADATA_KEYS, metadataYaml } from './schema.ts';

const CHARMCRAFT_FILE = 'charmcraft.yaml';
const FILES = [CHARMCRAFT_FILE, 'metadata.yaml', 'config.yaml', 'actions.yaml'] as const;
type SourceFile = (typeof FILES)[number];

/** The names of the files that may declare a charm. */
export const SOURCE_FILES: readonly string[] = FILES;

export interface Sources {
  /** `undefined` if one of the files cannot be read as YAML. */
  readonly document: YamlDocument | undefined;
  /** What is wrong with each file by itself, and with several that say the same. */
  readonly findings: readonly Finding[];
  /** The files beside charmcraft.yaml, as they are. */
  readonly beside: ReadonlyMap<string, Uint8Array>;
}

/** @throws CliError `no-charmcraft-yaml` when the directory has none of the files, `unreadable` when one cannot be read. */
export async function readSources(directory: string): Promise<Sources> {
  const texts = new Map<SourceFile, Uint8Array>();
  for (const file of FILES) {
    const bytes = await readOptional(join(directory, file));
    if (bytes) texts.set(file, bytes);
  }
  if (!texts.has(CHARMCRAFT_FILE) && !texts.has('metadata.yaml')) {
    const message = `cannot read ${join(directory, CHARMCRAFT_FILE)}: it is not there. Run this in the folder of a charm, or name the folder.`;
    throw new CliError('no-charmcraft-yaml', message);
  }
  const beside = new Map([...texts].filter(([file]) => file !== CHARMCRAFT_FILE));
  const documents = new Map<SourceFile, YamlDocument>();
  const findings: Finding[] = [];
  for (const [file, bytes] of texts) {
    const read = readYaml(file, bytes);
    if ('findings' in read) findings.push(...read.findings);
    else documents.set(file, read.document);
  }
  if (findings.length > 0) return { document: undefined, findings, beside };
  for (const [file, document] of documents) {
    if (document.value === null) findings.push(emptyFinding(file));
    else shapeOf(file, texts)(Place.top(document, findings));
  }
  return { document: merged(documents, findings), findings, beside };
}

async function readOptional(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new CliError('unreadable', `cannot read ${path}: ${reasonFor(error)}`, { cause: error });
  }
}

function reasonFor(error: unknown): string {
  const reasons: Readonly<Record<string, string>> = {
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is a file',
    EACCES: 'you may not read it',
  };
  return reasons[codeOf(error) ?? ''] ?? String(error);
}

function shapeOf(file: SourceFile, texts: ReadonlyMap<SourceFile, unknown>): Shape {
  if (file === CHARMCRAFT_FILE) return charmcraftYaml(texts.has('metadata.yaml'));
  return { 'metadata.yaml': metadataYaml, 'config.yaml': configYaml, 'actions.yaml': actionsYaml }[file];
}

function emptyFinding(file: string): Finding {
  return { file, line: 1, column: 1, rule: 'yaml', message: 'the file is empty; write what it declares, or delete it' };
}

/** Keys that are in charmcraft.yaml and in the file that Juju would get are reported there. */
function merged(documents: ReadonlyMap<SourceFile, YamlDocument>, findings: Finding[]): YamlDocument {
  const owners = new Map<string, Owner & { readonly file: SourceFile }>();
  const charmcraft = documents.get(CHARMCRAFT_FILE);
  for (const key of keysOf(charmcraft))
    owners.set(key, { document: charmcraft as YamlDocument, isWhole: false, file: CHARMCRAFT_FILE });
  const claim = (key: string, file: SourceFile, document: YamlDocument, isWhole: boolean) => {
    if (owners.has(key) && charmcraft) {
      const place = Place.top(charmcraft, findings).field(key);
      place.reportKey('stated-twice', `is in ${file} too, which Juju reads; keep one of both`);
    }
    owners.set(key, { document, isWhole, file });
  };
  const metadata = documents.get('metadata.yaml');
  for (const key of keysOf(metadata)) {
    if (METADATA_KEYS.includes(key)) claim(key, 'metadata.yaml', metadata as YamlDocument, false);
  }
  const [config, actions] = [documents.get('config.yaml'), documents.get('actions.yaml')];
  if (config) claim('config', 'config.yaml', config, true);
  if (actions) claim('actions', 'actions.yaml', actions, true);
  const file = charmcraft ? CHARMCRAFT_FILE : 'metadata.yaml';
  return joined(owners, { file, line: 1, column: 1 });
}

function keysOf(document: YamlDocument | undefined): readonly string[] {
  return isMapping(document?.value) ? Object.keys(document.value) : [];
}
