import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { ownArchitecture, platformsOf } from './platform.ts';

const charm = (platforms: NonNullable<Charmcraft['platforms']>, base = 'ubuntu@24.04'): Charmcraft => {
  return { name: 'web', type: 'charm', summary: '', description: '', ...(base && { base }), platforms };
};

test('each platform is packed, by the name of charmcraft', () => {
  const platforms = platformsOf(charm({ amd64: null, 'ubuntu@22.04:arm64': null, big: { 'build-for': ['arm64'] } }));
  assert.deepEqual(platforms, [
    { architecture: 'amd64', channel: '24.04', label: 'amd64' },
    { architecture: 'arm64', channel: '22.04', label: 'ubuntu@22.04-arm64' },
    { architecture: 'arm64', channel: '24.04', label: 'big' },
  ]);
});

test('platforms are chosen by label, or as that of this machine', () => {
  const both = charm({ amd64: null, 'ubuntu@22.04:arm64': null });
  const labels = (...wanted: string[]) => platformsOf(both, wanted).map(({ label }) => label);
  assert.deepEqual(labels('ubuntu@22.04:arm64'), ['ubuntu@22.04-arm64']);
  assert.deepEqual(labels('host'), [ownArchitecture === 'amd64' ? 'amd64' : 'ubuntu@22.04-arm64']);
  assert.throws(() => labels('s390x'), {
    code: 'no-platform',
    message: /has the platforms amd64, ubuntu@22\.04-arm64/,
  });
});

test('what no charm is packed for is told, with why', () => {
  assert.throws(() => platformsOf(charm({})), { code: 'no-platform', message: /platforms: \{/ });
  assert.throws(() => platformsOf(charm({ riscv64: null })), {
    code: 'bad-platform',
    message: /no Node 24 for riscv64/,
  });
  assert.throws(() => platformsOf(charm({ all: { 'build-for': ['amd64', 'arm64'] } })), { code: 'bad-platform' });
  assert.throws(() => platformsOf(charm({ amd64: null }, '')), { code: 'no-base' });
});

test('two platforms whose files would have one name are refused', () => {
  assert.throws(
    () => platformsOf(charm({ 'ubuntu@24.04:amd64': null, 'ubuntu@24.04-amd64': { 'build-for': 'amd64' } })),
    {
      code: 'bad-platform',
      message: /two platforms whose charm would be called ubuntu@24\.04-amd64\. Rename/,
    },
  );
});

test('a charm for all architectures carries the Node of this machine', () => {
  const [platform] = platformsOf(charm({ any: { 'build-for': 'all' } }));
  assert.equal(platform?.architecture, ownArchitecture);
});
