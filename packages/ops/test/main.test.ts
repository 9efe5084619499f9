// A charm as a real process: exit codes, and what reaches the log however it ends.

import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CharmProcess, charmSource, OPS } from './charm-process.ts';

const THREE_LINES = `for (const n of [1, 2, 3]) console.log('line', n);`;
const LOGGED = ['INFO line 1', 'INFO line 2', 'INFO line 3'];

test('a dispatch that works exits with 0, and keeps its state', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`await this.unit.setWorkloadVersion(String(this.stored.count));`);
  for (const count of ['1', '2']) {
    const { code, commands, stdout, stderr } = await charm.dispatch();
    assert.deepEqual([code, stdout, stderr], [0, '', '']);
    assert.deepEqual(
      commands.filter(([command]) => command !== 'juju-log'),
      [['application-version-set', '--', count]],
    );
  }
  assert.equal(statSync(join(charm.dir, 'charm/.charmed-state.db')).mode & 0o777, 0o600);
});

test('console.* reaches juju-log, in order, with its levels, formatted as Node does', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`
    console.log('%s is %d', 'a', 1, { b: [2] });
    console.debug('debug');
    console.info('info');
    await this.unit.setStatus(new ActiveStatus());
    console.warn('two\\nlines');
    console.error(new Error('shown'));
    console.trace('trace');`);
  const { code, commands, stdout, stderr } = await charm.dispatch();
  assert.deepEqual([code, stdout, stderr], [0, '', '']);
  const log = commands
    .filter(([command]) => command === 'juju-log')
    .map(([, flag, level, dashes, message]) => [flag, level, dashes, message?.split('\n    at')[0]]);
  assert.deepEqual(
    log.filter(([, level, , message]) => level !== 'DEBUG' || message === 'debug'),
    [
      ['--log-level', 'INFO', '--', 'a is 1 { b: [ 2 ] }'],
      ['--log-level', 'DEBUG', '--', 'debug'],
      ['--log-level', 'INFO', '--', 'info'],
      ['--log-level', 'WARNING', '--', 'two\nlines'],
      ['--log-level', 'ERROR', '--', 'Error: shown'],
      ['--log-level', 'TRACE', '--', 'trace'],
    ],
  );
});

test('a handler that throws fails the hook: the log is complete, with the TypeScript line, and nothing is kept', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`${THREE_LINES} throw new Error('broken', { cause: new Error('deeper') });`);
  const { code, log } = await charm.dispatch();
  assert.equal(code, 1);
  assert.deepEqual(log.slice(0, 3), LOGGED);
  assert.equal(log.length, 4, log.join('\n'));
  assert.match(
    log[3] ?? '',
    /^ERROR Uncaught exception while in charm code:\nError: broken\n.*charm\.ts:13:.*Caused by: Error: deeper/s,
  );
  assert.equal(existsSync(join(charm.dir, 'charm/.charmed-state.db')), false);
});

test('a charm that exits by itself loses no line', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`${THREE_LINES} process.exit(3);`);
  const sudden = await charm.dispatch();
  assert.deepEqual([sudden.code, sudden.log], [3, LOGGED]);
  charm.writeCharm(`${THREE_LINES} await this.unit.setStatus(new ActiveStatus()); process.exit(0);`);
  const later = await charm.dispatch();
  assert.deepEqual([later.code, later.log.toSorted()], [0, LOGGED]);
  assert.equal(existsSync(join(charm.dir, 'charm/.charmed-state.db')), false);
});

test('an error outside of any handler fails the hook and is logged', async (t) => {
  const charm = new CharmProcess(t);
  const wait = `await new Promise((resolve) => setTimeout(resolve, 5_000));`;
  for (const outside of [
    `setTimeout(() => { throw new Error('outside'); }, 1);`,
    `void Promise.reject(new Error('outside'));`,
  ]) {
    charm.writeCharm(`${THREE_LINES} ${outside} ${wait}`);
    const { code, log } = await charm.dispatch();
    assert.equal(code, 1);
    assert.deepEqual(log.slice(0, 3).toSorted(), LOGGED);
    assert.match(
      log.slice(3).join('\n'),
      /^ERROR Uncaught exception while in charm code:\nError: outside\n.*charm\.ts:13:/s,
    );
  }
});

test('a handler that never settles fails the hook and is named', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`${THREE_LINES} await new Promise(() => {});`);
  const { code, log } = await charm.dispatch();
  assert.equal(code, 1);
  assert.deepEqual(log.slice(0, 3), LOGGED);
  assert.match(log.slice(3).join('\n'), /^ERROR .*#onStart for start/);
});

test('a forgotten await that fails, fails the hook; one that works is warned about', async (t) => {
  const charm = new CharmProcess(t, { 'is-leader': 'garbage' });
  charm.writeCharm(`void this.unit.setStatus(new ActiveStatus());`);
  const works = await charm.dispatch();
  assert.equal(works.code, 0);
  assert.match(works.log.join('\n'), /^WARNING .*#onStart for start did not await unit\.setStatus.*charm\.ts:13:/s);
  charm.writeCharm(`void this.unit.isLeader();`);
  const fails = await charm.dispatch();
  assert.equal(fails.code, 1);
  assert.match(
    fails.log.join('\n'),
    /^ERROR Uncaught exception while in charm code:\n.*did not await unit\.isLeader.*charm\.ts:13:/s,
  );
});

test('what a charm leaves open is warned about, and does not keep the hook', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`
    const { createServer } = await import('node:net');
    await new Promise<void>((resolve) => createServer().listen(0, '127.0.0.1', resolve));`);
  const { code, log } = await charm.dispatch();
  assert.equal(code, 0);
  assert.deepEqual(log.length, 1);
  assert.match(log[0] ?? '', /^WARNING .*TCPServerWrap/);
});

test('a constructor that throws fails the hook', async (t) => {
  const charm = new CharmProcess(t);
  charm.write(
    'charm/src/charm.ts',
    charmSource('').replace('super(framework);', "super(framework); throw new Error('no way');"),
  );
  const { code, log, commands } = await charm.dispatch();
  assert.equal(code, 1);
  assert.match(log.join('\n'), /^ERROR Uncaught exception while in charm code:\nError: no way\n.*charm\.ts:7:/s);
  assert.ok(commands.every(([command]) => command === 'juju-log'));
});

test('a hook command that is not there fails the hook with its name', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`await this.unit.openPort({ protocol: 'tcp', port: 80 });`);
  const { code, log } = await charm.dispatch();
  assert.equal(code, 1);
  assert.match(log.join('\n'), /^ERROR Uncaught exception while in charm code:\n.*open-port/);
});

test('metadata that is missing or broken fails the hook', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm('');
  charm.write('charm/metadata.yaml', '');
  const missing = await charm.dispatch();
  assert.deepEqual([missing.code, missing.commands.some(([command]) => command !== 'juju-log')], [1, false]);
  assert.match(
    missing.log.join('\n'),
    /^ERROR Uncaught exception while in charm code:\n.*cannot find metadata\.yaml or charmcraft\.yaml/,
  );
  charm.write('charm/metadata.yaml', 'name: [\n');
  const broken = await charm.dispatch();
  assert.equal(broken.code, 1);
  assert.match(broken.log.join('\n'), /^ERROR Uncaught exception while in charm code:\n.*metadata\.yaml/);
});

test('a damaged store of Python ops costs one hook, and is told of until something is stored', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm('');
  charm.write('charm/.unit-state.db', 'no database '.repeat(1000));
  const failed = await charm.dispatch('hooks/upgrade-charm');
  assert.equal(failed.code, 1);
  assert.match(
    failed.log.join('\n'),
    /cannot take over the store of Python ops in .*kept as .*\.unit-state\.db\.damaged/,
  );
  for (const [path, warnings] of [
    ['hooks/start', 1],
    ['hooks/start', 0],
  ] as const) {
    const { code, log } = await charm.dispatch(path);
    assert.deepEqual([code, log.length], [0, warnings], log.join('\n'));
    assert.ok(log.every((line) => line.startsWith('WARNING Nothing was taken over from Python ops')));
  }
});

// As in ops: a failure would only make Juju run the hook again.
test('where Juju allows nothing of its state, a charm that stores there is not run', async (t) => {
  const charm = new CharmProcess(t);
  const source = charmSource('').replace('main(WebCharm)', `main(WebCharm, { store: 'juju' })`);
  charm.write('charm/src/charm.ts', source);
  for (const path of ['hooks/collect-metrics', 'hooks/meter-status-changed']) {
    const { code, stderr, commands } = await charm.dispatch(path);
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual([...new Set(commands.map(([command]) => command))], ['juju-log']);
    assert.match(commands.at(-1)?.at(-1) ?? '', /is not run for (collect-metrics|meter-status-changed): .*state/);
  }
  assert.equal((await charm.dispatch('hooks/start')).code, 1); // there is no state-get here
});

test('the self-check runs nothing and names the charm', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`console.log('never');`);
  const { code, stdout, commands } = await charm.dispatch('hooks/start', { CHARMED_SELF_CHECK: '1' });
  assert.deepEqual([code, stdout, commands], [0, 'charmed-self-check: WebCharm\n', []]);
});

test('the stack of a bundle shows the lines of the source', async (t) => {
  const charm = new CharmProcess(t);
  const bundle = `import { CharmBase, main } from '${OPS}';
class WebCharm extends CharmBase {
  constructor(framework) {
    super(framework);
    this.observe(this.on.start, this.#onStart);
  }
  async #onStart() {
    throw new Error('broken');
  }
}
await main(WebCharm);
`;
  charm.write('charm/dist/charm.js', bundle);
  charm.write('charm/dist/package.json', '{"type":"module"}');
  // Line n of the bundle is line n + 100 of the source.
  const mappings = [
    'AAoGA',
    ...bundle
      .split('\n')
      .slice(1)
      .map(() => 'AACA'),
  ].join(';');
  const map = { version: 3, sources: ['../src/charm.ts'], names: [], mappings };
  charm.write('charm/dist/charm.js.map', JSON.stringify(map));
  const { code, log } = await charm.dispatch('hooks/start', {}, 'dist/charm.js');
  assert.equal(code, 1);
  assert.match(
    log.join('\n'),
    /^ERROR Uncaught exception while in charm code:\nError: broken\n {4}at .*#onStart.*\(src\/charm\.ts:108:\d+\)/,
  );
});

test('a reboot now ends the hook well: nothing runs after it, and nothing is kept', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`
    console.log('rebooting');
    try {
      await this.unit.reboot({ now: true });
    } finally {
      await this.unit.setWorkloadVersion('after');
    }`);
  const { code, log, commands } = await charm.dispatch();
  assert.deepEqual([code, log], [0, ['INFO rebooting']]);
  assert.deepEqual(
    commands.filter(([command]) => command !== 'juju-log'),
    [['juju-reboot', '--now']],
  );
  assert.equal(existsSync(join(charm.dir, 'charm/.charmed-state.db')), false);
});

test('the content of a secret is nowhere but in a file that is gone', async (t) => {
  const charm = new CharmProcess(t, { 'secret-add': 'secret:cvq0' });
  charm.writeCharm(`
    const secret = await this.unit.addSecret({ password: 'hunter2' }, { label: 'db' });
    console.log(secret, secret.id);
    await assert(secret);
    throw Object.assign(new Error('broken'), { secret });

    async function assert(secret) {
      const { password } = await secret.getContent();
      if (password !== 'hunter2') throw new Error('it is lost');
    }`);
  const { code, commands, stdout, stderr } = await charm.dispatch('hooks/start', { JUJU_DEBUG: '1' });
  assert.equal(code, 1);
  const [add] = commands.filter(([command]) => command === 'secret-add');
  const path = add?.at(-1)?.replace('password#file=', '') ?? '';
  assert.match(path, /^\//);
  assert.equal(existsSync(path), false);
  assert.equal(JSON.stringify([commands, stdout, stderr]).includes('hunter2'), false);
});
