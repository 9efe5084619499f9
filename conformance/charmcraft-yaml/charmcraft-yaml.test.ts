// Whatever `charmed check` lets pass, charmcraft and Juju take, and Juju reads the same in our charm as in charmcraft's. Whatever they
// take, it lets pass, but for the differences that are listed.

import assert from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { examineCharmcraft, type Examined } from '../../packages/cli/src/charmcraft/read.ts';
import { isError } from '../../packages/cli/src/findings/finding.ts';
import { metadataFiles } from '../../packages/cli/src/pack/metadata.ts';
import { testWithPeers } from '../peers.ts';
import { stricter } from './differences.ts';
import { charmcraftDocuments } from './documents.ts';
import { readByJuju, splitByCharmcraft, type Files, type Read, type Split } from './referees.ts';

const DOCUMENTS = 200;
// Of some seeds an unlisted difference could come up some day; it is to come up when somebody changes the number.
const SEED = 3;

const PLATFORM = { architecture: 'amd64', channel: '24.04', label: 'amd64' } as const;
const HEAD = 'name: web\ntype: charm\nsummary: A web server\ndescription: Serves\nbase: ubuntu@24.04\n';
const PACKABLE = `${HEAD}platforms: {amd64: }\nparts: {charm: {plugin: dump, source: dist}}\n`;
const NO_CHARM: Files = { 'metadata.yaml': '{}' };

interface Compared {
  readonly text: string;
  readonly ours: Examined;
  /** What Juju reads in the charm that we pack. */
  readonly packed: Read;
  readonly split: Split;
  /** What Juju reads in the charm that charmcraft packs. */
  readonly theirs: Read;
}

async function compared(texts: readonly string[]): Promise<readonly Compared[]> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-charmcraft-'));
  const ours: Examined[] = [];
  for (const text of texts) {
    await writeFile(join(directory.path, 'charmcraft.yaml'), text);
    ours.push(await examineCharmcraft(directory.path));
  }
  const split = splitByCharmcraft(texts);
  const packed = readByJuju(ours.map(filesOf));
  const theirs = readByJuju(split.map((each) => ('files' in each ? each.files : NO_CHARM)));
  return texts.map((text, index) => {
    const [own, read, parts, other] = [ours[index], packed[index], split[index], theirs[index]];
    assert.ok(own && read && parts && other, 'a referee has not answered for all');
    return { text, ours: own, packed: read, split: parts, theirs: other };
  });
}

function filesOf({ charmcraft, beside }: Examined): Files {
  if (!charmcraft) return NO_CHARM;
  return Object.fromEntries(
    [...metadataFiles({ charmcraft, beside }, PLATFORM)].map(([name, text]) => [name, String(text)]),
  );
}

/** Why charmcraft, one of its linters, or Juju refuses; `undefined` if none does. */
function refusal({ split, theirs }: Compared): string | undefined {
  if ('refused' in split) return split.refused;
  const lint = Object.entries(split.lints).find(([, result]) => /error|fatal/i.test(result));
  if (lint) return `${lint[0]}: ${lint[1]}`;
  return 'refused' in theirs ? theirs.refused : undefined;
}

testWithPeers(
  'generated files are judged as charmcraft and Juju judge them',
  ['charmcraft', 'charm-archive'],
  async () => {
    const documents = fc.sample(charmcraftDocuments, { seed: SEED, numRuns: DOCUMENTS });
    const results = await compared(documents.map((document) => JSON.stringify(document, undefined, 1)));
    const counts = { taken: 0, refused: 0, stricter: new Set<string>() };
    for (const result of results) {
      const { text, ours, packed, split, theirs } = result;
      const refused = refusal(result);
      if (ours.charmcraft) {
        assert.equal(refused, undefined, `ours takes it, they refuse:\n${text}`);
        assert.deepEqual(packed, theirs, `Juju reads another charm:\n${text}`);
        const warned = 'lints' in split && split.lints['naming-conventions'] === 'warning';
        assert.equal(
          ours.findings.some(({ rule }) => rule === 'naming'),
          warned,
          text,
        );
        counts.taken += 1;
      } else if (refused !== undefined) counts.refused += 1;
      else for (const name of differencesIn(ours, text)) counts.stricter.add(name);
    }
    assert.ok(counts.taken > DOCUMENTS / 8 && counts.refused > DOCUMENTS / 4, JSON.stringify(counts));
  },
);

testWithPeers('what has no value is judged as they judge it', ['charmcraft', 'charm-archive'], async () => {
  const sections = ['containers', 'resources', 'storage', 'devices', 'requires', 'actions'];
  const texts = [
    ...[...sections, 'config', 'terms', 'assumes', 'subordinate', 'extra-bindings'].map(
      (name) => `${PACKABLE}${name}:\n`,
    ),
    ...[...sections, 'extra-bindings'].map((name) => `${PACKABLE}${name}: {it: }\n`),
    `${PACKABLE}config: {options: }\n`,
    `${PACKABLE}config: {options: {it: {type: int, default: , description: }}}\n`,
    `${PACKABLE}actions: {it: {description: }}\n`,
    `${PACKABLE}actions: {it: {params: }}\n`,
    `${PACKABLE}requires: {it: {interface: sql, limit: }}\n`,
    `${PACKABLE}requires: {it: {interface: sql, scope: }}\n`,
  ];
  for (const result of await compared(texts)) {
    assert.equal(
      result.ours.charmcraft === undefined,
      refusal(result) !== undefined,
      `${result.text}${refusal(result)}`,
    );
    if (result.ours.charmcraft) assert.deepEqual(result.packed, result.theirs, result.text);
  }
});

/** The listed differences that explain what was found; all of it has to be explained. */
function differencesIn({ findings }: Examined, text: string): readonly string[] {
  return findings.filter(isError).map(({ message }) => {
    const found = Object.entries(stricter).find(([, pattern]) => pattern.test(message));
    assert.ok(found, `they take it, ours says: ${message}\n${text}`);
    return found[0];
  });
}

/** Each listed difference, once. */
const differing: Readonly<Record<keyof typeof stricter, string>> = {
  'a required parameter that is not declared, so that nobody can give it where other parameters are refused': `${PACKABLE}actions: {go: {required: [to]}}\n`,
  'names of endpoints, containers and storages that Juju or Kubernetes refuse when the charm is deployed': `${PACKABLE}requires: {Db: {interface: sql}}\n`,
  'a charm of a name that begins with a digit, or has a word of digits alone, which is no name of an application':
    PACKABLE.replace('web', '2web'),
  'a text that is empty': PACKABLE.replace('Serves', '""'),
  'a number, true or false where a text is meant': PACKABLE.replace('Serves', '5'),
  'a number in quotes': `${PACKABLE}requires: {db: {interface: sql, limit: "1"}}\n`,
  'a type that is there and has no value': `${PACKABLE}config: {options: {port: {type: }}}\n`,
  'a base other than Ubuntu, which Juju refuses in the manifest': PACKABLE.replace('ubuntu@24.04', 'almalinux@9'),
  'a charm for no platform': PACKABLE.replace('{amd64: }', '{}'),
  'addresses that charmcraft repairs': `${PACKABLE}links: {website: "https:/example.com"}\n`,
  'an unknown type in a list of types, which Juju overlooks': `${PACKABLE}actions: {go: {params: {to: {type: [text]}}}}\n`,
  'regular expressions that JavaScript cannot read, in which tests and the sandbox would stop': `${PACKABLE}actions: {go: {params: {to: {type: string, pattern: "(?i)a"}}}}\n`,
};

testWithPeers('each difference is one', ['charmcraft', 'charm-archive'], async () => {
  assert.deepEqual(Object.keys(differing), Object.keys(stricter));
  for (const [index, result] of (await compared(Object.values(differing))).entries()) {
    const name = Object.keys(differing)[index];
    assert.equal(refusal(result), undefined, name);
    assert.deepEqual(differencesIn(result.ours, result.text), [name]);
  }
});
