import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { ProjectError } from '../findings/finding.ts';
import { readCharmcraft } from './read.ts';

const directory = mkdtempSync(join(tmpdir(), 'charmed-charmcraft-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const HEAD = 'name: web\ntype: charm\nsummary: A web server\ndescription: Serves\n';

async function findingsIn(text: string): Promise<readonly string[]> {
  writeFileSync(join(directory, 'charmcraft.yaml'), text);
  try {
    await readCharmcraft(directory);
    return [];
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return error.findings.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
}

const wrong: readonly [what: string, text: string, finding: RegExp][] = [
  ['a mapping that is not closed', 'name: {web', /^1:\d+ /],
  ['a key that is there twice', `${HEAD}name: again\n`, /^5:1 .*unique/],
  ['an unknown key', `${HEAD}relations: {}\n`, /^5:1 relations is not a known key; expected name, /],
  ['a name of the wrong form', HEAD.replace('web', 'Web'), /^1:7 name must be lower-case letters.*found "Web"/],
  ['another type', HEAD.replace('type: charm', 'type: bundle'), /^2:7 type must be charm; found "bundle"/],
  [
    'a base that Juju does not take',
    `${HEAD}base: almalinux@9\n`,
    /^5:7 base must be one of ubuntu@18\.04, .*; found "almalinux@9"/,
  ],
  [
    'an option of no type',
    `${HEAD}config:\n  options:\n    port: {type: integer}\n`,
    /^7:18 config option "port": type must be one of/,
  ],
  [
    'a default of another type',
    `${HEAD}config:\n  options:\n    port:\n      type: int\n      default: "80"\n`,
    /^9:16 config option "port": default must be an integer.*found "80"/,
  ],
  [
    'an endpoint without interface',
    `${HEAD}requires:\n  db: {limit: 1}\n`,
    /^6:\d+ endpoint "db": interface is missing/,
  ],
  [
    'a limit that is no number',
    `${HEAD}requires:\n  db: {interface: pg, limit: one}\n`,
    /^6:\d+ endpoint "db": limit must be an integer/,
  ],
  ['an action with a capital', `${HEAD}actions:\n  Backup: {}\n`, /^6:3 action "Backup": its name must be lower-case/],
  ['a reserved action', `${HEAD}actions:\n  juju-run: {}\n`, /^6:3 action "juju-run": its name is kept for Juju/],
  [
    'a container that is a list',
    `${HEAD}containers:\n  web: []\n`,
    /^6:\d+ container "web": must be a mapping; found a list/,
  ],
  [
    'a mount without storage',
    `${HEAD}containers:\n  web:\n    mounts: [{location: /srv}]\n`,
    /^7:\d+ container "web": mounts\[0\]\.storage is missing/,
  ],
  [
    'an image that is not declared',
    `${HEAD}containers:\n  web: {resource: image}\n`,
    /^6:19 container "web": resource names image, which is not there; declare it under resources/,
  ],
  [
    'a file in place of an image',
    `${HEAD}containers:\n  web: {resource: r}\nresources:\n  r: {type: file, filename: f}\n`,
    /^6:19 container "web": resource names r, which is no oci-image/,
  ],
  [
    'a mount of no storage',
    `${HEAD}containers:\n  web:\n    mounts: [{storage: data, location: /srv}]\n`,
    /^7:24 container "web": mounts\[0\]\.storage names data, which is not there/,
  ],
  [
    "a user id of Juju's own",
    `${HEAD}containers:\n  web: {uid: 1000}\n`,
    /^6:14 container "web": uid must be outside of 1000 to 9999/,
  ],
  ['a subordinate of nobody', `${HEAD}subordinate: true\n`, /^5:14 subordinate needs something to be subordinate to/],
  [
    'a schema that refers elsewhere',
    `${HEAD}actions:\n  go:\n    params: {to: {$ref: x}}\n`,
    /^7:25 action "go": params\.to\.\$ref is not for actions/,
  ],
  [
    'a required parameter that is not declared',
    `${HEAD}actions:\n  go:\n    params: {}\n    required: [to]\n`,
    /^8:16 action "go": required\[0\] names to, which is not there/,
  ],
  [
    'an endpoint of a name that is taken',
    `${HEAD}requires:\n  db: {interface: sql}\nprovides:\n  db: {interface: sql}\n`,
    /^8:3 endpoint "db": its name is taken by an endpoint under requires/,
  ],
];

for (const [what, text, finding] of wrong) {
  test(`${what} is told with its place`, async () => {
    const findings = await findingsIn(text);
    assert.ok(
      findings.some((each) => finding.test(each)),
      `${findings.join('\n')} does not match ${finding}`,
    );
  });
}

test('all that is wrong is told at once, in the order of the file', async () => {
  writeFileSync(join(directory, 'charmcraft.yaml'), 'type: charm\nbase: 24\nname: [web]\n');
  await assert.rejects(readCharmcraft(directory), ({ message }: Error) => {
    const lines = message.split('\n').map((line) => line.replace(`${directory}/`, ''));
    assert.equal(lines.length, 4);
    assert.match(lines.join('\n'), /summary is missing/);
    assert.match(lines.join('\n'), /^charmcraft\.yaml:2:7: base must be/m);
    return true;
  });
});

test('a folder without charmcraft.yaml is told, with what to do', async () => {
  await assert.rejects(
    readCharmcraft(join(directory, 'none')),
    /cannot read .*none\/charmcraft\.yaml: it is not there\. Run this in/,
  );
});

test('what is right passes', async () => {
  assert.deepEqual(await findingsIn(HEAD), []);
});

test('no text and no YAML value is answered by anything but findings', async () => {
  const value = fc.dictionary(
    fc.constantFrom('name', 'type', 'config', 'actions', 'requires', 'containers', 'storage', 'links', '__proto__'),
    fc.jsonValue({ maxDepth: 4 }),
  );
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...'ab: -[]{}&*!|>%@`"\'#\n\t?,<~'.split('')) }),
    value.map((each) => stringify(each)),
  );
  await fc.assert(
    fc.asyncProperty(text, async (each) => void (await findingsIn(each))),
    { numRuns: 400 },
  );
});
