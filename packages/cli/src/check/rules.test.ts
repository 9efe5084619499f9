// Each rule, broken once: it is found, alone, and where it is.

import assert from 'node:assert/strict';
import { mkdir, mkdtempDisposable, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { examineCharmcraft } from '../charmcraft/read.ts';
import { RULES, type RuleName } from '../findings/rules.ts';
import { writeTypes } from '../types/write.ts';
import { check } from './check.ts';

const HEAD = 'name: web\ntype: charm\nsummary: A web server\ndescription: Serves\nbase: ubuntu@24.04\n';
const PACKING = 'platforms: {amd64: }\nparts: {charm: {plugin: dump, source: dist}}\n';
const CHARM = `import { CharmBase, main } from '@charmed/ops';

class WebCharm extends CharmBase {}

await main(WebCharm);
`;

interface Broken {
  /** What is added to a charmcraft.yaml in which nothing is wrong, at line 8. */
  readonly yaml?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly at: string;
}

const LARGE = 'large';
const withCharm = (code: string, at: string): Broken => ({ files: { 'src/charm.ts': code }, at });

const broken: Readonly<Record<RuleName, Broken>> = {
  yaml: { yaml: 'name: again\n', at: 'charmcraft.yaml:8:1' },
  'unknown-key': { yaml: 'require: {}\n', at: 'charmcraft.yaml:8:1' },
  'ignored-key': { yaml: 'requires: {db: {interface: sql, limits: 1}}\n', at: 'charmcraft.yaml:8:33' },
  'missing-key': { yaml: 'requires: {db: {limit: 1}}\n', at: 'charmcraft.yaml:8:12' },
  'legacy-key': {
    files: {
      'charmcraft.yaml': `type: charm\nbase: ubuntu@24.04\n${PACKING}`,
      'metadata.yaml': 'name: web\nsummary: A\ndescription: B\nseries: [jammy]\n',
    },
    at: 'metadata.yaml:4:1',
  },
  'stated-twice': {
    yaml: 'actions: {go: {}}\n',
    files: { 'actions.yaml': 'go: {}\n' },
    at: 'charmcraft.yaml:8:1',
  },
  incomplete: { files: { 'charmcraft.yaml': `${HEAD}platforms: {amd64: }\n` }, at: 'charmcraft.yaml:1:1' },
  'bad-value': { yaml: 'subordinate: perhaps\n', at: 'charmcraft.yaml:8:14' },
  'bad-name': { yaml: 'requires: {Db: {interface: sql}}\n', at: 'charmcraft.yaml:8:12' },
  'reserved-name': { yaml: 'provides: {juju-db: {interface: sql}}\n', at: 'charmcraft.yaml:8:12' },
  'bad-reference': { yaml: 'containers: {web: {resource: image}}\n', at: 'charmcraft.yaml:8:30' },
  'bad-platform': {
    files: { 'charmcraft.yaml': `${HEAD}${PACKING.replace('amd64', 'vax')}` },
    at: 'charmcraft.yaml:6:13',
  },
  'bad-assumes': { yaml: 'assumes: [juju > 3]\n', at: 'charmcraft.yaml:8:11' },
  'bad-schema': { yaml: 'actions: {go: {params: {to: {type: text}}}}\n', at: 'charmcraft.yaml:8:36' },
  naming: { yaml: 'config: {options: {log_level: {type: string}}}\n', at: 'charmcraft.yaml:8:20' },
  'bad-lxd-profile': { files: { 'lxd-profile.yaml': 'config: {limits.cpu: "2"}\n' }, at: 'lxd-profile.yaml:1:10' },
  'stale-types': { files: { 'src/charm.gen.ts': 'old' }, at: 'src/charm.gen.ts:1:1' },
  'no-entry': { files: { 'src/charm.ts': '' }, at: 'src/charm.ts:1:1' },
  'no-main': withCharm(CHARM.replace('await main(WebCharm);', ''), 'src/charm.ts:1:1'),
  'bad-code': withCharm(`${CHARM}class {`, 'src/charm.ts:6:8'),
  'unknown-name': withCharm(`${CHARM}charm.on.relation('db');`, 'src/charm.ts:6:19'),
  'large-file': { files: { 'workload/model.bin': LARGE }, at: 'workload/model.bin:1:1' },
};

for (const [rule, { yaml = '', files, at }] of Object.entries(broken)) {
  test(`${rule} is found`, async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-rules-'));
    const all = { 'charmcraft.yaml': `${HEAD}${PACKING}${yaml}`, 'src/charm.ts': CHARM, ...files };
    for (const [name, content] of Object.entries(all)) if (content) await place(join(directory.path, name), content);
    const { charmcraft } = await examineCharmcraft(directory.path);
    if (charmcraft && rule !== 'stale-types') await writeTypes(directory.path, charmcraft);
    const found = await check(directory.path);
    assert.deepEqual(
      found.map((finding) => [finding.rule, finding.severity, `${finding.file}:${finding.line}:${finding.column}`]),
      [[rule, RULES[rule as RuleName].severity, at]],
      JSON.stringify(found),
    );
  });
}

async function place(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  if (content === LARGE) await truncate(path, 17 * 1024 * 1024);
}

test('nothing is found where nothing is wrong', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-rules-'));
  await place(join(directory.path, 'charmcraft.yaml'), `${HEAD}${PACKING}`);
  await place(join(directory.path, 'src/charm.ts'), CHARM);
  const { charmcraft } = await examineCharmcraft(directory.path);
  assert.ok(charmcraft);
  await writeTypes(directory.path, charmcraft);
  assert.deepEqual(await check(directory.path), []);
});
