// What users bring to Charmhub, with a charmcraft that only tells what it was called with.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { ARCHITECTURE, CHARMCRAFT_YAML, writeProject } from './charm-project.ts';
import { FakeProgram, type Answers } from './fake-program.ts';
import { Charmed } from './run-charmed.ts';

const WITH_RESOURCES = `${CHARMCRAFT_YAML.replace('arm64: ', '')}containers: {web: {resource: web-image}}
resources:
  web-image: {type: oci-image, upstream-source: "node:24-slim"}
  data: {type: file, filename: data.tar.gz}
`;

const TAKEN: Answers = {
  'upload-resource tiny web-image': { stdout: '{"revision": 3}\n' },
  'upload-resource tiny data': { stdout: '{"revision": 8}\n' },
  'upload ': { stdout: '{"revision": 14}\n', stderr: 'Uploading...\n' },
};

interface Session extends AsyncDisposable {
  readonly charmed: Charmed;
  readonly charmcraft: FakeProgram;
}

function session(answers: Answers = TAKEN): Session {
  const charmed = new Charmed();
  writeProject(charmed.directory, { 'charmcraft.yaml': WITH_RESOURCES });
  writeFileSync(charmed.path('a.charm'), '');
  return {
    charmed,
    charmcraft: new FakeProgram(charmed, 'charmcraft', answers),
    [Symbol.asyncDispose]: async () => await charmed[Symbol.asyncDispose](),
  };
}

test('publish packs, uploads and releases with the resources', async () => {
  await using self = session();
  const { charmed, charmcraft } = self;
  const { code, stdout, stderr } = await charmed.run(
    'publish',
    '-c',
    'edge',
    '-c',
    '2.0/beta',
    '--resource',
    'data=./data.tar.gz',
  );
  assert.deepEqual([code, stderr], [0, '']);
  const [upload = '', ...others] = charmcraft.calls();
  assert.match(upload, new RegExp(`^upload /.*/tiny_${ARCHITECTURE}\\.charm --format json$`));
  assert.deepEqual(others, [
    'upload-resource tiny web-image --image docker://node:24-slim --format json',
    'upload-resource tiny data --filepath ./data.tar.gz --format json',
    'release tiny --revision 14 --channel edge --channel 2.0/beta --resource web-image:3 --resource data:8',
  ]);
  assert.match(
    stdout,
    /^uploaded .*\.charm as revision 14 of tiny\nuploaded the resource web-image \(node:24-slim\) as revision 3\n/,
  );
  assert.match(stdout, /released revision 14 of tiny to edge, 2\.0\/beta\n$/);
});

test('publish takes what is packed and uploaded already, and answers programs', async () => {
  await using self = session();
  const { charmed, charmcraft } = self;
  const args = [
    '--charm',
    'a.charm',
    '--resource',
    'data:5',
    '--resource',
    'web-image=sha256:0123456789ab',
    '--format',
    'json',
  ];
  const { code, stdout } = await charmed.run('publish', '--channel', 'edge', ...args);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), {
    name: 'tiny',
    charms: [{ path: 'a.charm', revision: 14 }],
    resources: [
      { name: 'data', revision: 5 },
      { name: 'web-image', revision: 3 },
    ],
    channels: ['edge'],
  });
  assert.deepEqual(charmcraft.calls(), [
    'upload a.charm --format json',
    'upload-resource tiny web-image --image sha256:0123456789ab --format json',
    'release tiny --revision 14 --channel edge --resource data:5 --resource web-image:3',
  ]);
});

test('the steps one by one', async () => {
  await using self = session();
  const { charmed, charmcraft } = self;
  const run = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await charmed.run(...args);
    return [code, stdout, stderr, ...charmcraft.calls()];
  };
  assert.deepEqual(await run('register'), [0, 'registered tiny\n', '', 'register tiny']);
  assert.deepEqual(await run('upload', 'a.charm'), [0, 'a.charm is revision 14\n', '', 'upload a.charm --format json']);
  assert.deepEqual(await run('upload-resource', '--resource', 'data=d', '-q'), [
    0,
    'web-image is revision 3\ndata is revision 8\n',
    '',
    'upload-resource tiny web-image --image docker://node:24-slim --format json',
    'upload-resource tiny data --filepath d --format json',
  ]);
  assert.deepEqual(await run('release', '-r', '14', '-r', '15', '-c', 'edge', '--resource', 'data:8', '-q'), [
    0,
    '',
    '',
    'release tiny --revision 14 --channel edge --resource data:8',
    'release tiny --revision 15 --channel edge --resource data:8',
  ]);
  assert.deepEqual(await run('promote', '--from', 'latest/edge', '--to', 'latest/beta', '--yes'), [
    0,
    'promoted tiny from latest/edge to latest/beta\n',
    '',
    'promote --name tiny --from-channel latest/edge --to-channel latest/beta --yes',
  ]);
  assert.deepEqual(await run('promote', '--from', 'edge', '--to', 'beta'), [
    1,
    '',
    'charmed: cannot promote: nobody is there to be asked. Add --yes\n',
  ]);
});

const mistakes: Readonly<Record<string, readonly [args: readonly string[], message: string]>> = {
  'a resource that nobody gave': [
    ['publish', '-c', 'edge'],
    'cannot go on without the resource "data", a file: give --resource data=<path>',
  ],
  'a resource that the charm has not': [
    ['upload-resource', '--resource', 'date=./x'],
    'cannot find the resource "date": charmcraft.yaml has web-image, data',
  ],
  'a resource without a value': [
    ['publish', '-c', 'edge', '--resource', 'data'],
    'cannot read "data": expected name=image, name=path or name:revision',
  ],
  'a revision of a resource that is none': [
    ['release', '-r', '14', '-c', 'edge', '--resource', 'data=x'],
    'cannot read "data=x": expected name:revision, such as web-image:7',
  ],
};

for (const [what, [args, message]] of Object.entries(mistakes)) {
  test(`${what} is told before anything is run`, async () => {
    await using self = session();
    assert.deepEqual(await self.charmed.run(...args), { code: 1, stdout: '', stderr: `charmed: ${message}\n` });
    assert.deepEqual(self.charmcraft.calls(), []);
  });
}

test('what Charmhub says against a charm is told', async () => {
  const errors = [{ code: 'review-error', message: 'the name is not yours' }];
  await using self = session({ 'upload ': { stdout: JSON.stringify({ errors }), code: 1 } });
  assert.deepEqual(await self.charmed.run('upload', 'a.charm'), {
    code: 1,
    stdout: '',
    stderr: 'charmed: Charmhub refused a.charm: the name is not yours (review-error)\n',
  });
});

test('when it fails on the way, what was done is told, and nothing more is done', async () => {
  const failed = { stderr: 'Cannot reach the registry.\n', code: 70 };
  await using self = session({ ...TAKEN, 'upload-resource tiny web-image': failed });
  const { code, stderr } = await self.charmed.run(
    'publish',
    '-c',
    'edge',
    '--charm',
    'a.charm',
    '--resource',
    'data:5',
    '--format',
    'json',
  );
  assert.equal(code, 1);
  assert.equal(
    JSON.parse(stderr).error.message,
    'charmcraft upload-resource failed: exit code 70\nCannot reach the registry.\nDone before that: uploaded a.charm as revision 14 of tiny.',
  );
  assert.equal(self.charmcraft.calls().length, 2);
});

test('an answer that is none is told', async () => {
  await using self = session({ 'upload ': { stdout: 'fine!' } });
  const { code, stderr } = await self.charmed.run('upload', 'a.charm');
  assert.equal(code, 1);
  assert.match(stderr, /^charmed: cannot read the answer of charmcraft: .*: fine!\n$/);
});

test('credentials reach charmcraft by its environment alone', async () => {
  await using self = session({ 'upload ': { stdout: '{"revision": 1, "auth": "$AUTH"}' } });
  self.charmed.environment['CHARMCRAFT_AUTH'] = 'hush-7c1e';
  const { stdout, stderr } = await self.charmed.run('upload', 'a.charm', '--verbose');
  assert.match(stderr, /^running charmcraft upload a\.charm --format json$/m);
  assert.ok(![stdout, stderr, ...self.charmcraft.calls()].join().includes('hush'));
});

test('without charmcraft, how to install it is told, before anything is packed', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory);
  const { code, stderr } = await charmed.run('publish', '-c', 'edge', '--verbose');
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^charmed: cannot run charmcraft: it is not on PATH\. Install it: sudo snap install charmcraft --classic\n/,
  );
});
