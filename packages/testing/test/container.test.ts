import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CharmBase,
  type Framework,
  type PebbleReadyEvent,
  type PebbleCheckFailedEvent,
  type PebbleCustomNoticeEvent,
} from '@charmed/ops';
import { PebbleExecError } from '@charmed/ops/pebble';
import {
  CheckInfo,
  Container,
  Context,
  Exec,
  layerFromRockcraft,
  Mount,
  Notice,
  State,
  StateValidationError,
} from '../src/index.ts';

const meta = { name: 'web', containers: { web: {} } } as const;

type Work = (charm: WebCharm, event: PebbleReadyEvent | PebbleCheckFailedEvent | PebbleCustomNoticeEvent) => unknown;

class WebCharm extends CharmBase<typeof meta> {
  static readonly meta: typeof meta = meta;
  static work: Work;
  readonly web = this.unit.container('web');

  constructor(framework: Framework) {
    super(framework);
    const { pebbleReady, pebbleCheckFailed, pebbleCustomNotice } = this.on.container('web');
    this.observe(pebbleReady, this.#onEvent);
    this.observe(pebbleCheckFailed, this.#onEvent);
    this.observe(pebbleCustomNotice, this.#onEvent);
  }

  async #onEvent(event: PebbleReadyEvent | PebbleCheckFailedEvent | PebbleCustomNoticeEvent): Promise<void> {
    await (this.constructor as typeof WebCharm).work(this, event);
  }
}

function contextOf(work: Work) {
  class TestCharm extends WebCharm {
    static override readonly work = work;
  }
  return new Context(TestCharm);
}

const LAYER = { services: { web: { override: 'replace', command: 'serve', startup: 'enabled' } } } as const;

test('a charm sets its plan and starts its services', async () => {
  const ctx = contextOf(async ({ web }) => {
    await web.addLayer('web', LAYER, { combine: true });
    await web.replan();
    assert((await web.getService('web')).isRunning);
  });
  const before = new Container('web', { canConnect: true });
  const out = await ctx.run(ctx.on.pebbleReady(before), new State({ containers: [before] }));
  const web = out.container('web');
  assert.deepEqual(web.layers, { web: LAYER });
  assert.deepEqual(web.serviceStatuses, { web: 'active' });
  assert.equal(web.plan.services['web']?.command, 'serve');
  const again = await ctx.run(ctx.on.pebbleReady(web), out);
  assert.deepEqual(again, out);
});

test('files are there before and after, also where they are mounted', async (t) => {
  const source = mkdtempSync(join(tmpdir(), 'charmed-mount-'));
  t.after(() => rmSync(source, { recursive: true }));
  writeFileSync(join(source, 'in.txt'), 'mounted');
  const ctx = contextOf(async ({ web }) => {
    const [config, mounted] = [await web.pull('/etc/web.conf').text(), await web.pull('/data/in.txt').text()];
    await web.push('/srv/out/a.txt', `${config} ${mounted}`, { makeDirs: true });
    await web.push('/data/out.txt', 'written');
    await web.makeDir('/var/empty', { makeParents: true });
  });
  const before = new Container('web', {
    canConnect: true,
    files: { '/etc/web.conf': 'port=80' },
    mounts: { data: new Mount({ location: '/data', source }) },
  });
  const out = await ctx.run(ctx.on.pebbleReady(before), new State({ containers: [before] }));
  const files = { '/etc/web.conf': 'port=80', '/srv/out/a.txt': 'port=80 mounted', '/var/empty/': '' };
  assert.deepEqual(out.container('web').files, files);
  assert.equal(readFileSync(join(source, 'out.txt'), 'utf8'), 'written');
});

test('commands answer as the state says, and are recorded', async () => {
  const ctx = contextOf(async ({ web }) => {
    const process = web.exec(['psql', '-c', 'select 1'], { stdin: 'in', environment: { A: 'b' } });
    assert.deepEqual((await process.waitOutput()).stdout, 'one');
    await assert.rejects(web.exec(['psql', '--fail']).waitOutput(), /exit/);
    await assert.rejects(web.exec(['rm', '-rf']).waitOutput(), (error) => {
      assert(error instanceof PebbleExecError);
      assert.equal(error.exitCode, 127);
      assert.match(error.message, /give container web an Exec that begins/);
      return true;
    });
  });
  const execs = [new Exec(['psql'], { stdout: 'one' }), new Exec(['psql', '--fail'], { exitCode: 3, stderr: 'no' })];
  const before = new Container('web', { canConnect: true, execs });
  await ctx.run(ctx.on.pebbleReady(before), new State({ containers: [before] }));
  const [first, second] = ctx.execHistory['web'] ?? [];
  assert.deepEqual(first?.command, ['psql', '-c', 'select 1']);
  assert.equal(first?.stdin, 'in');
  assert.equal(first?.environment['A'], 'b');
  assert.deepEqual(second?.command, ['psql', '--fail']);
  assert.deepEqual(ctx.warnings, [
    'the charm has run a command in web, but the state has no answer for it: give container web an Exec that begins ["rm","-rf"]',
  ]);
});

test('a service whose command fails does not start', async () => {
  const service = { override: 'replace', startup: 'enabled' } as const;
  const services = { good: { ...service, command: 'serve --good' }, bad: { ...service, command: 'serve --bad' } };
  const ctx = contextOf(async ({ web }) => {
    await web.addLayer('app', { services });
    await assert.rejects(web.replan(), /bad.*exited quickly with code 2/s);
  });
  const execs = [new Exec([], { exitCode: 9 }), new Exec(['serve']), new Exec(['serve', '--bad'], { exitCode: 2 })];
  const before = new Container('web', { canConnect: true, execs });
  const out = await ctx.run(ctx.on.pebbleReady(before), new State({ containers: [before] }));
  assert.equal(out.container('web').serviceStatuses['good'], 'active');
  assert.notEqual(out.container('web').serviceStatuses['bad'], 'active');
});

test('checks and notices are what the state says', async () => {
  const seen: string[] = [];
  const ctx = contextOf(async ({ web }, event) => {
    if ('info' in event) seen.push((await event.info.load()).status);
    if ('notice' in event) seen.push((await event.notice.load()).lastData['size'] ?? '');
    if ('notice' in event) await web.notify('custom', 'example.com/seen');
  });
  const layer = { checks: { up: { override: 'replace', threshold: 3, tcp: { port: 80 } } } } as const;
  const check = new CheckInfo('up', { status: 'down', failures: 3 });
  const notice = new Notice('example.com/backup', { lastData: { size: '5' } });
  const web = new Container('web', {
    canConnect: true,
    layers: { base: layer },
    checkInfos: [check],
    notices: [notice],
  });
  const state = new State({ containers: [web] });
  const out = await ctx.run(ctx.on.pebbleCheckFailed(web, check), state);
  assert.deepEqual(out, state);
  const noticed = await ctx.run(ctx.on.pebbleCustomNotice(web, notice), state);
  assert.deepEqual(seen, ['down', '5']);
  assert.deepEqual(
    noticed.container('web').notices.map(({ key }) => key),
    ['example.com/backup', 'example.com/seen'],
  );
});

test('who cannot be reached is not reachable, and who is not in the state is an error that says so', async () => {
  const ctx = contextOf(async ({ web }) => assert.equal(await web.canConnect(), false));
  const web = new Container('web');
  await ctx.run(ctx.on.pebbleReady(web), new State({ containers: [web] }));
  const unchecked = new Context(ctx.charm, { checkConsistency: false });
  await assert.rejects(unchecked.run(ctx.on.pebbleReady(web), new State()), { code: 'not-in-state' });
});

test('the layer of a rock is in the plan', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-rock-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'rockcraft.yaml');
  writeFileSync(
    path,
    'name: web\nsummary: A rock\nplatforms: { amd64: }\nservices: { web: { override: replace, command: serve } }\n',
  );
  const web = new Container('web', { layers: { rock: await layerFromRockcraft(path) } });
  assert.equal(web.plan.services['web']?.command, 'serve');
  assert.equal(web.layers['rock']?.summary, 'A rock');
  assert.match(web.layers['rock']?.description ?? '', /^\(no description\) \(built from the rockcraft\.yaml at /);
  writeFileSync(path, 'services: { web: { command: serve } }');
  await assert.rejects(layerFromRockcraft(path), { code: 'bad-layer' });
  writeFileSync(path, '- web');
  await assert.rejects(layerFromRockcraft(path), StateValidationError);
  await assert.rejects(layerFromRockcraft(join(directory, 'none.yaml')), StateValidationError);
});
