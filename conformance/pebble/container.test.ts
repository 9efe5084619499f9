// The helpers of Container, on the real Pebble and on the embedded one.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Container, ModelError, MultiPushPullError } from '@charmed/ops';
import { jujuContextFrom, localFiles, SecurityLog } from '@charmed/ops/internal';
import { type ClientWorld, conforms } from './conforms.ts';

interface World {
  readonly container: Container;
  /** A directory of the charm, and one of the container. */
  readonly local: string;
  readonly remote: string;
}

type Body = (world: World) => Promise<void>;

function inContainer(name: string, body: Body): void {
  conforms(name, (world) => withContainer(world, body));
}

async function withContainer({ client, directory }: ClientWorld, body: Body, version = '3.6.14'): Promise<void> {
  const context = jujuContextFrom({ JUJU_VERSION: version });
  const security = new SecurityLog({ logger: { log: () => undefined }, context, uid: 1000 });
  const container = new Container('web', { pebble: () => client, files: localFiles, context, security });
  const [local, remote] = [join(directory, 'local'), join(directory, 'remote')];
  mkdirSync(local, { recursive: true });
  mkdirSync(remote, { recursive: true });
  await body({ container, local, remote });
}

/** Files by path, with their content. */
function make(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

const tree = { 'src/bar/baz.txt': 'baz', 'src/foobar.txt': 'foobar', 'quux.txt': 'quux' };
const cases: readonly [sources: readonly string[], expected: readonly string[]][] = [
  [['src/foobar.txt'], ['foobar.txt']],
  [['src'], ['src/bar/baz.txt', 'src/foobar.txt']],
  [['src/'], ['src/bar/baz.txt', 'src/foobar.txt']],
  [['src/*'], ['bar/baz.txt', 'foobar.txt']],
  [
    ['src/bar/baz.txt', 'quux.txt'],
    ['baz.txt', 'quux.txt'],
  ],
  [
    ['src/bar', 'quux.txt'],
    ['bar/baz.txt', 'quux.txt'],
  ],
];

inContainer('paths are pushed and pulled by the rules of ops', async ({ container, local, remote }) => {
  for (const [way, from, to] of [
    ['push', local, remote],
    ['pull', remote, local],
  ] as const) {
    make(from, tree);
    for (const [index, [sources, expected]] of cases.entries()) {
      const target = join(to, `${way}-${index}`);
      const paths = sources.map((source) => join(from, source) + (source.endsWith('/') ? '/' : ''));
      await (way === 'push' ? container.pushPath(paths, target) : container.pullPath(paths, target));
      for (const path of expected) assert.ok(existsSync(join(target, path)), `${way} ${sources.join()}: ${path}`);
    }
  }
});

inContainer(
  'modes go with a push, links are followed, empty directories inside come along',
  async ({ container, local, remote }) => {
    make(local, { 'src/run.sh': '#!/bin/sh' });
    chmodSync(join(local, 'src/run.sh'), 0o750);
    symlinkSync('run.sh', join(local, 'src/link'));
    mkdirSync(join(local, 'src/empty'));
    await container.pushPath(join(local, 'src'), remote);
    assert.equal(statSync(join(remote, 'src/run.sh')).mode & 0o777, 0o750);
    assert.equal(readFileSync(join(remote, 'src/link'), 'utf8'), '#!/bin/sh');
    assert.ok(existsSync(join(remote, 'src/empty')));
  },
);

inContainer('each source that fails is told, and all others are copied', async ({ container, local, remote }) => {
  make(local, { 'a.txt': 'a' });
  make(remote, { 'b.txt': 'b' });
  const missing = join(local, 'missing');
  const expected = (error: unknown) => {
    assert.ok(error instanceof MultiPushPullError);
    assert.deepEqual(
      error.errors.map(({ source }) => source),
      [missing, missing],
    );
    assert.match(error.message, /no such file/);
    return true;
  };
  await assert.rejects(
    async () => await container.pushPath([missing, join(local, 'a.txt'), missing], remote),
    expected,
  );
  assert.ok(existsSync(join(remote, 'a.txt')));
  await assert.rejects(
    async () => await container.pullPath([missing, missing, join(remote, 'b.txt')], local),
    expected,
  );
  assert.equal(readFileSync(join(local, 'b.txt'), 'utf8'), 'b');
});

inContainer('a copy ends with its signal', async ({ container, local, remote }) => {
  make(local, { 'a.txt': 'a' });
  const signal = AbortSignal.abort(new Error('enough'));
  await assert.rejects(async () => await container.pushPath(local, remote, { signal }), new Error('enough'));
});

inContainer('files as text and JSON, and what there is', async ({ container, remote }) => {
  const path = join(remote, 'a.json');
  await container.pushJson(path, { port: 80 });
  assert.deepEqual(await container.pull(path).json(), { port: 80 });
  assert.equal(await container.pull(path).text(), '{"port":80}\n');
  assert.deepEqual([await container.exists(path), await container.isDirectory(path)], [true, false]);
  assert.deepEqual([await container.exists(remote), await container.isDirectory(remote)], [true, true]);
  const missing = join(remote, 'missing');
  assert.deepEqual([await container.exists(missing), await container.isDirectory(missing)], [false, false]);
});

inContainer('one service, check or notice that is not there is a model error', async ({ container }) => {
  for (const [call, code] of [
    [() => container.getService('web'), 'unknown-service'],
    [() => container.getCheck('up'), 'unknown-check'],
    [() => container.getNotice('99'), 'unknown-notice'],
    [() => container.start(), 'no-service'],
    [() => container.stop(), 'no-service'],
    [() => container.restart(), 'no-service'],
    [() => container.sendSignal('SIGHUP'), 'no-service'],
    [() => container.startChecks(), 'no-check'],
    [() => container.stopChecks(), 'no-check'],
  ] as const) {
    await assert.rejects(
      async () => await call(),
      (error) => error instanceof ModelError && error.code === code,
    );
  }
});

conforms('the context of a service needs a Juju that knows it', async (world) => {
  for (const [index, [version, isKnown]] of (
    [
      ['3.1.5', false],
      ['3.1.6', true],
      ['3.2.0', false],
      ['3.2.2', true],
    ] as const
  ).entries()) {
    const body: Body = async ({ container }) => {
      const services = { web: { override: 'replace', command: 'true', environment: { NAME: 'web' } } } as const;
      await container.addLayer(`layer${index}`, { services });
      const run = () => container.exec(['sh', '-c', 'echo $NAME'], { serviceContext: 'web' }).waitOutput();
      if (isKnown) assert.equal((await run()).stdout, 'web\n');
      else assert.throws(run, { code: 'no-service-context' });
    };
    await withContainer(world, body, version);
  }
});

inContainer('services and checks by name', async ({ container }) => {
  const sleeper = { override: 'replace', command: 'sleep 60', startup: 'enabled' } as const;
  const check = { override: 'replace', startup: 'disabled', period: '1h', exec: { command: 'true' } } as const;
  assert.equal(await container.canConnect(), true);
  await container.addLayer('base', { services: { a: sleeper, b: sleeper }, checks: { up: check } });
  assert.deepEqual(Object.keys((await container.getPlan()).services), ['a', 'b']);
  await container.autostart();
  await container.stop('b');
  const states = async () => [...(await container.getServices('a', 'b')).values()].map(({ isRunning }) => isRunning);
  assert.deepEqual(await states(), [true, false]);
  await container.start('b');
  await container.restart('a', 'b');
  await container.replan();
  assert.deepEqual(await states(), [true, true]);
  assert.equal((await container.getService('a')).current, 'active');
  await container.sendSignal('SIGCONT', 'a');
  assert.deepEqual(await container.startChecks('up'), ['up']);
  assert.deepEqual([...(await container.getChecks()).keys()], ['up']);
  assert.equal((await container.getCheck('up')).status, 'up');
  assert.deepEqual(await container.stopChecks('up'), ['up']);
});

inContainer('notices and files', async ({ container, remote }) => {
  const id = await container.notify('custom', 'example.com/a', { data: { k: 'v' } });
  assert.deepEqual((await container.getNotice(id)).lastData, { k: 'v' });
  assert.deepEqual(
    (await container.getNotices({ types: ['custom'] })).map(({ key }) => key),
    ['example.com/a'],
  );
  await container.makeDir(join(remote, 'a/b'), { makeParents: true });
  await container.push(join(remote, 'a/b/c'), 'text');
  assert.deepEqual(
    (await container.listFiles(join(remote, 'a/b'))).map(({ name }) => name),
    ['c'],
  );
  await container.removePath(join(remote, 'a'), { recursive: true });
  assert.equal(await container.exists(join(remote, 'a')), false);
});
