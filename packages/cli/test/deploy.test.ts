// `charmed deploy`, with a juju that only tells what it was called with.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARCHITECTURE, CHARMCRAFT_YAML, writeProject } from './charm-project.ts';
import { FakeProgram, type Answers } from './fake-program.ts';
import { Charmed } from './run-charmed.ts';

const WITH_IMAGE = `${CHARMCRAFT_YAML}containers: {web: {resource: web-image}}
resources: {web-image: {type: oci-image, upstream-source: "node:24-slim"}}
`;

const EMPTY: Answers = { status: { stdout: '{"applications": {}}' } };
const THERE: Answers = { status: { stdout: '{"applications": {"tiny": {}, "blog": {}}}' } };

interface Session extends AsyncDisposable {
  readonly charmed: Charmed;
  readonly juju: FakeProgram;
}

function session(answers: Answers): Session {
  const charmed = new Charmed();
  writeProject(charmed.directory, { 'charmcraft.yaml': WITH_IMAGE });
  return {
    charmed,
    juju: new FakeProgram(charmed, 'juju', answers),
    [Symbol.asyncDispose]: async () => await charmed[Symbol.asyncDispose](),
  };
}

test('a new application is deployed with the image of charmcraft.yaml', async () => {
  await using self = session(EMPTY);
  const { code, stdout, stderr } = await self.charmed.run('deploy');
  assert.deepEqual([code, stdout, stderr], [0, 'deployed tiny; follow it with: juju status --watch 1s\n', '']);
  const [status, deploy = ''] = self.juju.calls();
  assert.equal(status, 'status --format json');
  assert.match(
    deploy,
    new RegExp(`^deploy /.*/tiny_${ARCHITECTURE}\\.charm tiny --num-units 1 --resource web-image=node:24-slim$`),
  );
});

test('everything that may be said is passed on', async () => {
  await using self = session(EMPTY);
  const args = [
    '-m',
    'lab:staging',
    '-n',
    '3',
    '--config',
    'port=81',
    '--config',
    'debug=true',
    '--trust',
    '--charm',
    'a.charm',
  ];
  const { code, stdout } = await self.charmed.run(
    'deploy',
    '.',
    'web',
    ...args,
    '--resource',
    'web-image=docker://web:dev',
    '--format',
    'json',
  );
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), { application: 'web', charm: 'a.charm', isRefresh: false });
  assert.deepEqual(self.juju.calls(), [
    'status --format json --model lab:staging',
    'deploy ./a.charm web --num-units 3 --resource web-image=web:dev --config port=81 --config debug=true --trust --model lab:staging',
  ]);
});

test('an application that is there is refreshed', async () => {
  await using self = session(THERE);
  const { stdout } = await self.charmed.run('deploy', '.', 'blog', '--charm', '/tmp/a.charm');
  assert.match(stdout, /^refreshed blog; /);
  assert.deepEqual(self.juju.calls(), [
    'status --format json',
    'refresh blog --path /tmp/a.charm --resource web-image=node:24-slim',
  ]);
});

test('what juju says when it fails is passed on', async () => {
  const refused = { stderr: 'ERROR cannot add application "tiny": quota\n', code: 1 };
  await using self = session({ ...EMPTY, deploy: refused });
  const { code, stdout, stderr } = await self.charmed.run('deploy', '--charm', 'a.charm');
  assert.deepEqual([code, stdout], [1, '']);
  assert.equal(stderr, 'charmed: juju deploy failed: exit code 1\nERROR cannot add application "tiny": quota\n');
});

test('without a controller nothing is packed', async () => {
  await using self = session({ status: { stderr: 'ERROR No controllers registered.\n', code: 1 } });
  const { code, stderr } = await self.charmed.run('deploy', '--verbose');
  assert.equal(code, 1);
  assert.match(stderr, /^charmed: juju status failed: exit code 1\nERROR No controllers registered\.$/m);
  assert.doesNotMatch(stderr, /packing/);
});

test('a revision of a resource is for charms of Charmhub', async () => {
  await using self = session(EMPTY);
  const { code, stderr } = await self.charmed.run('deploy', '--resource', 'web-image:7');
  assert.equal(code, 1);
  assert.match(stderr, /^charmed: cannot deploy with web-image:7: a charm that is a file has its resources from files/);
});

test('without juju, how to install it is told', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory);
  const { code, stderr } = await charmed.run('deploy');
  assert.deepEqual(
    [code, stderr],
    [1, 'charmed: cannot run juju: it is not on PATH. Install it: sudo snap install juju\n'],
  );
});
