// metadata.yaml, config.yaml and actions.yaml, beside charmcraft.yaml or in its place.

import assert from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { metadataFiles } from '../pack/metadata.ts';
import { renderTypes } from '../types/render.ts';
import { examineCharmcraft, readProject } from './read.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

const CHARMCRAFT =
  'type: charm\nbase: ubuntu@24.04\nplatforms: {amd64: }\nparts: {charm: {plugin: dump, source: dist}}\n';
const METADATA = `name: web
display-name: Web server
summary: A web server
description: Serves
maintainers: [Somebody <somebody@example.com>]
tags: [web]
containers:
  web: {resource: image}
resources:
  image: {type: oci-image}
requires:
  db: pgsql
  ingress: {interface: ingress, limit: 1}
`;
const CONFIG = 'options:\n  port: {type: int, default: 80}\n';
const ACTIONS = 'backup:\n  params: {to: {type: string}}\n  required: [to]\nping:\n';
const ALL: Files = {
  'charmcraft.yaml': CHARMCRAFT,
  'metadata.yaml': METADATA,
  'config.yaml': CONFIG,
  'actions.yaml': ACTIONS,
};
const AS_ONE = `${CHARMCRAFT}name: web
title: Web server
summary: A web server
description: Serves
containers:
  web: {resource: image}
resources:
  image: {type: oci-image}
requires:
  db: {interface: pgsql}
  ingress: {interface: ingress, limit: 1}
config: {options: {port: {type: int, default: 80}}}
actions:
  backup: {params: {to: {type: string}}, required: [to]}
  ping: {}
`;

async function inProject<T>(files: Files, work: (directory: string) => Promise<T>): Promise<T> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-sources-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory.path, name), content);
  return await work(directory.path);
}

async function typesOf(files: Files): Promise<string> {
  return await inProject(files, async (directory) => renderTypes((await readProject(directory)).charmcraft));
}

async function findingsIn(files: Files): Promise<readonly string[]> {
  const { findings } = await inProject(files, examineCharmcraft);
  return findings.map(({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule} ${message}`);
}

test('a charm has the same types, whether one file declares it or four', async () => {
  assert.deepEqual(await findingsIn(ALL), []);
  assert.equal(await typesOf(ALL), await typesOf({ 'charmcraft.yaml': AS_ONE }));
});

test('without charmcraft.yaml too', async () => {
  const { 'charmcraft.yaml': _, ...others } = ALL;
  assert.deepEqual(await findingsIn(others), []);
  assert.equal(await typesOf(others), await typesOf(ALL));
});

test('the files go into the charm as they are', async () => {
  await inProject(ALL, async (directory) => {
    const platform = { architecture: 'amd64', channel: '24.04', label: 'amd64' } as const;
    const files = metadataFiles(await readProject(directory), platform);
    for (const name of ['metadata.yaml', 'config.yaml', 'actions.yaml'])
      assert.equal(String(files.get(name)), ALL[name]);
    assert.match(String(files.get('manifest.yaml')), /channel: "24\.04"/);
  });
});

const wrong: readonly [what: string, files: Files, finding: RegExp][] = [
  [
    'an option of a wrong type, in config.yaml',
    { ...ALL, 'config.yaml': CONFIG.replace('int', 'integer') },
    /^config\.yaml:2:16 bad-value config option "port": type must be one of/,
  ],
  [
    'an action that has no name of one, in actions.yaml',
    { ...ALL, 'actions.yaml': 'Backup: {}\n' },
    /^actions\.yaml:1:1 bad-name action "Backup": its name must be/,
  ],
  [
    'a required parameter that is not there, in actions.yaml',
    { ...ALL, 'actions.yaml': ACTIONS.replace('[to]', '[too]') },
    /^actions\.yaml:3:14 bad-reference action "backup": required\[0\] names too/,
  ],
  [
    'an image that is not declared, in metadata.yaml',
    { ...ALL, 'metadata.yaml': METADATA.replace('  image:', '  other:') },
    /^metadata\.yaml:8:19 bad-reference container "web": resource names image/,
  ],
  [
    'config in both places',
    { ...ALL, 'charmcraft.yaml': `${CHARMCRAFT}config: {options: {}}\n` },
    /^charmcraft\.yaml:5:1 stated-twice config is in config\.yaml too/,
  ],
  [
    'a name in both places',
    { ...ALL, 'charmcraft.yaml': `name: web\n${CHARMCRAFT}` },
    /^charmcraft\.yaml:1:1 stated-twice name is in metadata\.yaml too/,
  ],
  [
    'a section in both places, of which charmcraft says nothing and packs one',
    { ...ALL, 'charmcraft.yaml': `${CHARMCRAFT}requires: {db: {interface: mysql}}\n` },
    /^charmcraft\.yaml:5:1 stated-twice requires is in metadata\.yaml too/,
  ],
  [
    'a metadata.yaml without what Juju needs there, though charmcraft.yaml has it',
    {
      ...ALL,
      'metadata.yaml': METADATA.replace('summary: A web server\n', ''),
      'charmcraft.yaml': `${CHARMCRAFT}summary: A web server\n`,
    },
    /^metadata\.yaml:1:1 missing-key summary is missing/,
  ],
  [
    'more snake case than anybody wants to read',
    {
      ...ALL,
      'config.yaml': `options: {${['a_b', 'c-d', 'e_f', 'g_h', 'i_j', 'k_l'].map((name) => `${name}: {type: int}`).join(', ')}}\n`,
    },
    /^config\.yaml:1:11 naming config option "a_b": its words should be joined by "-": a-b; likewise e_f, g_h, i_j and 1 more$/,
  ],
  [
    'series, which Juju refuses beside bases',
    { ...ALL, 'metadata.yaml': `${METADATA}series: [jammy]\n` },
    /^metadata\.yaml:14:1 legacy-key series is of the past; write base and platforms/,
  ],
  [
    'bases, which charmcraft has replaced',
    { 'charmcraft.yaml': AS_ONE.replace('base: ubuntu@24.04', 'bases: [{name: ubuntu, channel: "22.04"}]') },
    /^charmcraft\.yaml:2:1 incomplete bases is of the past; charms are packed by base and platforms/,
  ],
  [
    'a key that Juju does not read',
    { ...ALL, 'metadata.yaml': `${METADATA}require: {}\n` },
    /^metadata\.yaml:14:1 ignored-key require is not read by Juju/,
  ],
  [
    'a section of metadata.yaml without a body, which Juju refuses',
    { ...ALL, 'metadata.yaml': `${METADATA}storage:\n` },
    /^metadata\.yaml:14:1 bad-value storage must be a mapping from .*; found nothing/,
  ],
  [
    'a container without a body, which Juju refuses',
    { 'charmcraft.yaml': AS_ONE.replace('web: {resource: image}', 'web:') },
    /^charmcraft\.yaml:10:3 bad-value container "web": must be a mapping, if only \{\}; found nothing/,
  ],
  ['a config.yaml that is empty', { ...ALL, 'config.yaml': '' }, /^config\.yaml:1:1 yaml the file is empty/],
  [
    'a config.yaml without options',
    { ...ALL, 'config.yaml': 'port: {}\n' },
    /^config\.yaml:1:1 missing-key options is missing/,
  ],
  [
    'an actions.yaml that is a list',
    { ...ALL, 'actions.yaml': '- backup\n' },
    /^actions\.yaml:1:1 bad-value must be a mapping from/,
  ],
  [
    'a metadata.yaml that is no YAML',
    { ...ALL, 'metadata.yaml': 'name: [web\n' },
    /^metadata\.yaml:2:1 yaml malformed YAML/,
  ],
];

for (const [what, files, finding] of wrong) {
  test(`${what} is told with the file that it is in`, async () => {
    const findings = await findingsIn(files);
    assert.ok(
      findings.some((each) => finding.test(each)),
      `${findings.join('\n')} does not match ${finding}`,
    );
  });
}

test('what Juju does not read in metadata.yaml does not keep charmcraft.yaml from saying it', async () => {
  const metadata = `${METADATA}version: 3\nbases: [{name: ubuntu, channel: "22.04"}]\n`;
  const findings = await findingsIn({
    ...ALL,
    'metadata.yaml': metadata,
    'charmcraft.yaml': `version: "3"\n${CHARMCRAFT}`,
  });
  assert.deepEqual(
    findings.map((finding) => finding.split(' ', 2)),
    [
      ['metadata.yaml:14:1', 'ignored-key'],
      ['metadata.yaml:15:1', 'ignored-key'],
    ],
  );
});
