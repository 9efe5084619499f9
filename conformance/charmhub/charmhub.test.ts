// The real charmcraft takes the arguments that `charmed` gives it, and `charmed` reads what it answers. Charmhub is one of the test's own.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot, SOURCE_CONDITION } from '../../tools/checks/workspace.ts';
import { peerPath, testWithPeers } from '../peers.ts';
import { Charmhub } from './charmhub.ts';

const CHARMCRAFT_YAML = `name: noop-machine
type: charm
summary: A charm for tests
description: Does nothing.
base: ubuntu@24.04
platforms: {amd64: }
parts: {charm: {plugin: nil}}
resources:
  data: {type: file, filename: data.txt, description: Some data}
  web-image: {type: oci-image, description: An image, upstream-source: "node:24-slim"}
`;

const CREDENTIALS = 'hush-7c1e';

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

class Session implements AsyncDisposable {
  readonly directory: string = mkdtempSync(join(tmpdir(), 'charmed-charmhub-'));
  readonly charmhub: Charmhub;

  constructor(charmhub: Charmhub) {
    this.charmhub = charmhub;
    writeFileSync(join(this.directory, 'charmcraft.yaml'), CHARMCRAFT_YAML);
    writeFileSync(join(this.directory, 'data.txt'), 'data');
  }

  async run(...args: readonly string[]): Promise<Finished> {
    const program = join(repositoryRoot, 'packages/cli/src/charmed.ts');
    const env = {
      PATH: `${dirname(peerPath('charmcraft'))}:/usr/bin:/bin`,
      HOME: this.directory,
      XDG_RUNTIME_DIR: this.directory,
      CHARMCRAFT_AUTH: Buffer.from(CREDENTIALS).toString('base64'),
      CHARMCRAFT_STORE_API_URL: this.charmhub.url,
      CHARMCRAFT_UPLOAD_URL: this.charmhub.url,
    };
    const argv = [`--conditions=${SOURCE_CONDITION}`, program, ...args];
    return await new Promise((resolve) => {
      execFile(process.execPath, argv, { cwd: this.directory, env }, (error, stdout, stderr) => {
        assert.ok(![stdout, stderr].join().includes(CREDENTIALS));
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });
  }

  async packed(): Promise<string> {
    const example = join(repositoryRoot, 'examples/noop-machine');
    const { stdout } = await this.run('pack', example, '-p', 'host', '--runtime', 'none', '--format', 'json');
    return (JSON.parse(stdout) as readonly { readonly path: string }[])[0]?.path ?? assert.fail('nothing was packed');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.directory, { recursive: true, force: true });
    await this.charmhub[Symbol.asyncDispose]();
  }
}

async function session(): Promise<Session> {
  return new Session(await Charmhub.start());
}

testWithPeers('a charm and a file are uploaded, and released together', ['charmcraft'], async () => {
  await using self = await session();
  const charm = await self.packed();
  const args = ['--charm', charm, '--resource', 'data=data.txt', '--resource', 'web-image:7', '--format', 'json'];
  const { code, stdout, stderr } = await self.run('publish', '-c', 'edge', '-c', '2.0/beta', ...args);
  assert.equal(code, 0, stderr);
  const resources = [
    { name: 'web-image', revision: 7 },
    { name: 'data', revision: 15 },
  ];
  assert.deepEqual(JSON.parse(stdout), {
    name: 'noop-machine',
    charms: [{ path: charm, revision: 14 }],
    resources,
    channels: ['edge', '2.0/beta'],
  });
  const [upload, resource, release] = self.charmhub.changes;
  assert.deepEqual(upload, ['POST /v1/charm/noop-machine/revisions', { 'upload-id': 'an-upload' }]);
  assert.equal(resource?.[0], 'POST /v1/charm/noop-machine/resources/data/revisions');
  const channels = ['edge', '2.0/beta'].map((channel) => ({ revision: 14, channel, resources }));
  assert.deepEqual(release, ['POST /v1/charm/noop-machine/releases', channels]);
});

testWithPeers('a name is registered, and a revision released', ['charmcraft'], async () => {
  await using self = await session();
  assert.deepEqual(await self.run('register'), { code: 0, stdout: 'registered noop-machine\n', stderr: '' });
  assert.equal((await self.run('release', '-r', '3', '-c', 'stable', '--resource', 'data:1')).code, 0);
  assert.deepEqual(self.charmhub.changes, [
    ['POST /v1/charm', { name: 'noop-machine', type: 'charm' }],
    [
      'POST /v1/charm/noop-machine/releases',
      [{ revision: 3, channel: 'stable', resources: [{ name: 'data', revision: 1 }] }],
    ],
  ]);
});

testWithPeers('what Charmhub has against a charm is told', ['charmcraft'], async () => {
  await using self = await session();
  self.charmhub.errors = [{ code: 'review-error', message: 'the name is not yours' }];
  const { code, stdout, stderr } = await self.run('upload', await self.packed());
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /^charmed: Charmhub refused .*\.charm: the name is not yours \(review-error\)\n$/);
});

// The end of these needs skopeo, and a whole list of releases: that charmcraft understands its arguments is what is seen here.
testWithPeers('images and promotions get past the arguments', ['charmcraft'], async () => {
  await using self = await session();
  const [image, promotion] = await Promise.all([
    self.run('upload-resource', '--resource', 'data:1'),
    self.run('promote', '--from', 'latest/edge', '--to', 'latest/beta', '--yes'),
  ]);
  assert.equal(image.code, 1);
  assert.match(
    image.stderr,
    /charmcraft upload-resource failed: exit code (?!64)\d+\n[^]*(skopeo|Inspecting source image)/,
  );
  assert.equal(promotion.code, 1);
  assert.match(promotion.stderr, /charmcraft promote failed: exit code (?!64)\d+\n/);
});
