// What a charm's process writes beside what the charm logs: for tools, for those who watch, and for auditors.

import assert from 'node:assert/strict';
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CharmProcess, type Ended } from './charm-process.ts';

const UNIT = { JUJU_MODEL_UUID: 'c0ffee', JUJU_MODEL_NAME: 'prod' };

/** All that reached juju-log, as `LEVEL message`. */
function lines({ commands }: Ended): readonly string[] {
  return commands.filter(([command]) => command === 'juju-log').map(([, , level, , message]) => `${level} ${message}`);
}

function securityEvents(ended: Ended): readonly Record<string, string>[] {
  return lines(ended)
    .filter((line) => line.startsWith('TRACE {'))
    .map((line) => JSON.parse(line.slice('TRACE '.length)));
}

test('a dispatch begins with the release it runs on and the event, as log readers expect them', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm('');
  const [first, second] = lines(await charm.dispatch());
  assert.match(first ?? '', /^DEBUG @charmed\/ops \d+\.\d+\.\d+ up and running\.$/);
  assert.equal(second, 'DEBUG Emitting Juju event start.');
});

test('with JUJU_DEBUG set to anything, every line is on stderr too, with time and level', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`console.warn('look'); throw new Error('broken');`);
  const ended = await charm.dispatch('hooks/start', { JUJU_DEBUG: '' });
  assert.equal(ended.code, 1);
  const shown = ended.stderr.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} .*/gm) ?? [];
  assert.deepEqual(
    shown.map((line) => line.slice('2026-01-01 00:00:00,000 '.length)),
    lines(ended).map((line) => {
      const [level = '', ...words] = line.split('\n')[0]?.split(' ') ?? [];
      return `${level.padEnd(8)} ${words.join(' ')}`;
    }),
  );
  assert.match(ended.stderr, /^Error: broken$/m);
});

test('warnings are logged at WARNING with their place, and only there', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`
    process.emitWarning('old', 'DeprecationWarning', 'DEP0900');
    process.emitWarning('odd');
    await this.unit.setStatus(new ActiveStatus());`);
  const { log, stderr } = await charm.dispatch();
  assert.equal(stderr, '');
  assert.match(log[0] ?? '', /^WARNING .*src\/charm\.ts:14: DeprecationWarning: \[DEP0900\] old$/);
  assert.match(log[1] ?? '', /^WARNING .*src\/charm\.ts:15: Warning: odd$/);
});

test('a crash is a security event', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`throw new RangeError('broken');`);
  const ended = await charm.dispatch('hooks/start', UNIT);
  const [{ datetime, ...event } = {}, ...others] = securityEvents(ended);
  assert.match(datetime ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
  assert.deepEqual(event, {
    level: 'WARN',
    type: 'security',
    appid: 'c0ffee-web/0',
    event: 'sys_crash:RangeError',
    description: 'Uncaught exception in charm code: RangeError: broken.',
  });
  assert.deepEqual(others, []);
  charm.writeCharm(
    `setTimeout(() => { throw new Error('outside'); }, 1); await new Promise((r) => setTimeout(r, 5000));`,
  );
  const outside = await charm.dispatch('hooks/start', UNIT);
  assert.deepEqual(
    securityEvents(outside).map(({ event: name }) => name),
    ['sys_crash:Error'],
  );
});

test('what Juju does not permit is a security event, whatever the charm makes of it', async (t) => {
  const charm = new CharmProcess(t, { 'is-leader': 'false' });
  charm.write('bin/open-port', '#!/bin/sh\necho "ERROR permission denied" >&2\nexit 1\n');
  chmodSync(join(charm.dir, 'bin/open-port'), 0o755);
  charm.writeCharm(`
    await this.unit.openPort({ protocol: 'tcp', port: 80 }).catch(() => undefined);
    await this.app.setStatus(new ActiveStatus()).catch(() => undefined);`);
  const ended = await charm.dispatch('hooks/start', UNIT);
  assert.equal(ended.code, 0);
  assert.deepEqual(
    securityEvents(ended).map(({ level, event, description }) => [level, event, description]),
    [
      ['CRITICAL', 'authz_fail:open-port', "Hook command 'open-port' failed with code 1: 'ERROR permission denied'."],
      ['CRITICAL', 'authz_fail:status-set', 'Attempted to set application status when not leader.'],
    ],
  );
});

test('who runs an action that crashes sees that on stderr', async (t) => {
  const charm = new CharmProcess(t, { 'action-get': '{}' });
  charm.write('charm/actions.yaml', 'backup: {}\n');
  charm.writeCharm(`throw new Error('broken');`);
  charm.write(
    'charm/src/charm.ts',
    `import { CharmBase, main } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
class WebCharm extends CharmBase {
  constructor(framework) { super(framework); throw new Error('broken'); }
}
await main(WebCharm);
`,
  );
  const { code, stderr } = await charm.dispatch('actions/backup');
  assert.equal(code, 1);
  assert.equal(stderr, 'Uncaught Error in charm code: broken\nUse `juju debug-log` to see the full traceback.\n');
});

test('nor does an action whose handler throws, or never ends, leave them without a word', async (t) => {
  const charm = new CharmProcess(t, { 'action-get': '{}' });
  charm.write('charm/actions.yaml', 'backup: {}\n');
  const handle = (body: string) => {
    charm.writeCharm(body);
    const path = join(charm.dir, 'charm/src/charm.ts');
    writeFileSync(path, readFileSync(path, 'utf8').replace('this.on.start,', "this.on.action('backup'),"));
  };
  handle(`await new Promise((resolve) => setImmediate(resolve)); throw new TypeError('broken\\nin two');`);
  const threw = await charm.dispatch('actions/backup');
  assert.equal(threw.code, 1);
  const hint = 'Use `juju debug-log` to see the full traceback.\n';
  assert.equal(threw.stderr, `Uncaught TypeError in charm code: broken\nin two\n${hint}`);
  assert.match(threw.log.at(-1) ?? '', /^ERROR Uncaught exception while in charm code:\nTypeError: broken/);
  handle('await new Promise(() => {});');
  const hung = await charm.dispatch('actions/backup');
  assert.equal(hung.code, 1);
  assert.match(
    hung.stderr,
    /^\S+#onStart for backup-action awaits something that will never happen. The action fails.\n$/,
  );
});

test('a charm that is called by itself does nothing', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`await this.unit.setStatus(new ActiveStatus());`);
  const { code, commands } = await charm.dispatch('hooks/start', { OPERATOR_DISPATCH: '1' });
  assert.equal(code, 0);
  assert.deepEqual(
    commands.slice(1).map(([, , level, , message]) => `${level} ${message}`),
    ['DEBUG Charm called itself via hooks/start.'],
  );
});

test('a legacy hook runs before the charm, and its failure ends the dispatch', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`console.log('the charm runs');`);
  const write = (script: string) => {
    charm.write('charm/hooks/start', `#!/bin/sh\n${script}\n`);
    chmodSync(join(charm.dir, 'charm/hooks/start'), 0o755);
  };
  write('juju-log --log-level INFO -- "from the hook, $OPERATOR_DISPATCH"');
  const works = await charm.dispatch();
  assert.equal(works.code, 0);
  const deprecated = 'WARNING Legacy hooks are deprecated: observe the event in the charm.';
  const running = 'INFO Running legacy hooks/start.';
  assert.deepEqual(works.log, [deprecated, running, 'INFO from the hook, 1', 'INFO the charm runs']);
  assert.ok(lines(works).includes('DEBUG Legacy hooks/start exited with status 0.'));
  write('exit 7');
  const fails = await charm.dispatch();
  assert.equal(fails.code, 7);
  assert.deepEqual(fails.log, [deprecated, running, 'WARNING Legacy hooks/start exited with status 7.']);
  charm.write('charm/hooks/start', '#!/no/such/interpreter\n');
  const broken = await charm.dispatch();
  assert.equal(broken.code, 1);
  assert.match(broken.log.at(-1) ?? '', /^WARNING Unable to run legacy hooks\/start: .*ENOENT/);
});

test('a legacy hook that is not executable, or the charm itself, is told and passed over', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`console.log('the charm runs');`);
  charm.write('charm/hooks/start', 'exit 7\n');
  const plain = await charm.dispatch();
  assert.deepEqual(plain.log.slice(1), [
    'WARNING Legacy hooks/start exists but is not executable.',
    'INFO the charm runs',
  ]);
  chmodSync(join(charm.dir, 'charm/src/charm.ts'), 0o755);
  symlinkSync('../src/charm.ts', join(charm.dir, 'charm/hooks/stop'));
  const link = await charm.dispatch('hooks/stop');
  assert.equal(link.code, 0);
  assert.ok(lines(link).includes('DEBUG Legacy hooks/stop is just a link to ourselves.'));
});

test('without an event the charm says how to name one', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm('');
  const { code, stderr, commands } = await charm.dispatch('');
  assert.equal(code, 1);
  assert.match(stderr, /^cannot run the charm: JUJU_DISPATCH_PATH names no event\. .*juju exec/);
  assert.deepEqual(commands, []);
});
