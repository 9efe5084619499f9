// Mistakes of users, through the command line: each is told in a line or two that say what is wrong, where, and how to mend it, with
// exit code 1 (2 for a command line that cannot be read), and leaves the model as it was.

import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pack } from '@charmed/cli';
import { packShellCharm, type ShellCharm } from '../../sandbox/test/shell-charm.ts';
import { until } from '../../sandbox/test/test-sandbox.ts';
import { CHARM_TS, CHARMCRAFT_YAML, writeProject } from './charm-project.ts';
import { Charmed, type Finished } from './run-charmed.ts';

const KV: ShellCharm = {
  metadata: { name: 'kv', provides: { db: { interface: 'kv' }, logs: { interface: 'syslog' } } },
  config: { port: { type: 'int', default: 7000 }, open: { type: 'boolean' } },
  actions: { backup: { params: { level: { type: 'integer', minimum: 1 } }, required: ['level'] } },
  dispatch: '[ "$JUJU_DISPATCH_PATH" != hooks/start ] || status-set active',
};
const WEB: ShellCharm = {
  metadata: { name: 'web', requires: { db: { interface: 'kv' }, alien: { interface: 'other' } } },
  dispatch: KV.dispatch,
};

const charmed = new Charmed();
before(async () => {
  const without = (name: string, dispatch: Partial<ShellCharm>) =>
    packShellCharm(charmed.path(name), { ...KV, metadata: { name: 'faulty' }, ...dispatch });
  await packShellCharm(charmed.path('kv.charm'), KV);
  await packShellCharm(charmed.path('web.charm'), WEB);
  await without('no-dispatch.charm', { dispatch: '' });
  await without('plain-dispatch.charm', { mode: 0o644 });
  writeProject(charmed.path('malformed'), { 'charmcraft.yaml': `${CHARMCRAFT_YAML}config:\n  options: [port\n` });
  writeProject(charmed.path('invalid'), {
    'charmcraft.yaml': `${CHARMCRAFT_YAML}config:\n  options:\n    port: {type: integer, default: 80}\n`,
  });
  for (const charm of ['kv.charm', 'web.charm']) assert.equal((await charmed.sandbox('deploy', charm)).code, 0);
  assert.equal((await charmed.sandbox('wait', '--timeout', '60')).code, 0);
});
after(async () => await charmed[Symbol.asyncDispose]());

const sandbox = (...args: string[]) => ['sandbox', ...args];

const mistakes: Readonly<Record<string, readonly [command: readonly string[], stderr: RegExp, code?: number]>> = {
  'a charmcraft.yaml that is no YAML': [
    ['pack', 'malformed'],
    /^charmed: malformed\/charmcraft\.yaml:9:1: malformed YAML: .*\]/m,
  ],
  'a charmcraft.yaml that Juju would refuse': [
    ['types', 'invalid'],
    /^charmed: invalid\/charmcraft\.yaml:9:18: config option "port": type must be one of string, int, .*; found "integer"$/m,
  ],
  'an option that the charm has not': [
    sandbox('config', 'kv', 'prot=80'),
    /^charmed: cannot set "prot" of kv: its charm has the options port, open$/m,
  ],
  'an option that the charm has not, to be shown': [
    sandbox('config', 'kv', 'prot'),
    /^charmed: cannot show "prot" of kv: its charm has the options port, open$/m,
  ],
  'an option that the charm has not, when it is deployed': [
    sandbox('deploy', 'kv.charm', 'other', '--config', 'prot=80'),
    /^charmed: cannot set "prot" of other: its charm has the options port, open$/m,
  ],
  'an option of the wrong type': [
    sandbox('config', 'kv', 'open=true', 'port=many'),
    /^charmed: cannot set "port" of kv: expected int, got "many"$/m,
  ],
  'an argument that sets nothing': [
    sandbox('config', 'kv', 'port=1', 'open'),
    /^charmed: cannot read "open": expected key=value$/m,
  ],
  'an application that there is not': [
    sandbox('add-unit', 'vk'),
    /^charmed: cannot find application "vk": the model has kv, web$/m,
  ],
  'one of several applications that there is not': [
    sandbox('remove-application', 'kv', 'vk'),
    /^charmed: cannot find application "vk": the model has kv, web$/m,
  ],
  'a name that is taken': [
    sandbox('deploy', 'kv.charm'),
    /^charmed: cannot deploy "kv": the model has one; give another name$/m,
  ],
  'a name that cannot be one': [
    sandbox('deploy', 'kv.charm', 'Kv_1'),
    /^charmed: cannot deploy "Kv_1": use lower-case letters, digits and single hyphens/m,
  ],
  'a unit that there is not': [
    sandbox('remove-unit', 'kv/0', 'kv/7'),
    /^charmed: cannot find unit "kv\/7": the model has kv\/0, web\/0$/m,
  ],
  'endpoints of different interfaces': [
    sandbox('integrate', 'web:alien', 'kv:logs'),
    /^charmed: cannot integrate "web:alien" and "kv:logs": kv:logs has interface "syslog", web:alien has interface "other"$/m,
  ],
  'an endpoint that there is not': [
    sandbox('integrate', 'web:db', 'kv:bd'),
    /^charmed: cannot find endpoint "kv:bd": the charm has db, logs$/m,
  ],
  'an action that the charm has not': [
    sandbox('run', 'kv/0', 'bakcup'),
    /^charmed: cannot run "bakcup" on kv\/0: its charm has the actions backup$/m,
  ],
  'a parameter of the wrong type': [
    sandbox('run', 'kv/0', 'backup', 'level=high'),
    /^charmed: cannot run "backup": level: .*"string".*"integer"/m,
  ],
  'a parameter that is missing': [sandbox('run', 'kv/0', 'backup'), /^charmed: cannot run "backup": .*"level"/m],
  'a charm without a dispatch': [
    sandbox('deploy', 'no-dispatch.charm'),
    /^charmed: cannot deploy .*no-dispatch\.charm: it has neither a dispatch file nor hooks/m,
  ],
  'a dispatch that is not executable': [
    sandbox('deploy', 'plain-dispatch.charm'),
    /^charmed: cannot deploy .*: its dispatch is not executable; set the mode to 755 and pack it again$/m,
  ],
  'a file that is no charm': [
    sandbox('refresh', 'kv', 'malformed/charmcraft.yaml'),
    /^charmed: cannot read the charm .*: it is no \.charm file; `charmed pack` makes one of a project$/m,
  ],
  'the charm of another application': [
    sandbox('refresh', 'kv', 'web.charm'),
    /^charmed: cannot refresh "kv" of the charm "kv" to the charm "web"$/m,
  ],
  'a hook that has not failed': [
    sandbox('resolved', 'kv/0'),
    /^charmed: cannot resolve kv\/0: none of its hooks has failed$/m,
  ],
  'a number of units that is none': [
    sandbox('add-unit', 'kv', '-n', 'two'),
    /^charmed: option '-n, --num-units <count>' argument 'two' is invalid\. Expected a positive whole number\. See: charmed sandbox add-unit --help$/m,
    2,
  ],
};

for (const [what, [command, stderr, code = 1]] of Object.entries(mistakes)) {
  test(what, async () => {
    const intact = await charmed.model();
    const told = await charmed.run(...command);
    assert.match(told.stderr, stderr);
    assert.ok(!/^ +at /m.test(told.stderr), 'without a stack');
    assert.deepEqual([told.code, told.stdout], [code, '']);
    assert.deepEqual(await charmed.model(), intact);
  });
}

test('a charm whose constructor throws puts its unit in error, with the line that throws, and nothing else', async () => {
  const others = (await charmed.model()).applications;
  const source = CHARM_TS.replace('super(framework);', "super(framework);\n    throw new Error('no port');");
  const charm = await packed('throwing', { 'src/charm.ts': source });
  assert.equal((await charmed.sandbox('deploy', charm, 'throwing', '--retry-delay', '600')).code, 0);
  const { code, stdout, stderr } = await failed('throwing');
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /^charmed: not active after 0.1 s:\nthrowing\/0 is in error: hook failed: "install"\n/m);
  assert.match(stderr, /^Error: no port\n {4}at new TinyCharm \(src\/charm\.ts:7:11\)$/m);
  const { throwing, ...rest } = (await charmed.model()).applications;
  assert.deepEqual(rest, others);
  assert.equal(throwing?.['application-status'].message, 'hook failed: "install"');
});

test('a port that another program has puts the unit in error, and says which; another port mends it', async () => {
  const [charm] = await pack(join(import.meta.dirname, '../../../examples/kv-k8s'), packOptions());
  assert.ok(charm);
  assert.equal((await charmed.sandbox('deploy', charm.path, 'store')).code, 0);
  assert.equal((await charmed.sandbox('wait', 'store', '--timeout', '60')).code, 0);
  const { address = '' } = (await charmed.model()).applications.store?.units['store/0'] ?? {};
  using taken = await listening(address);
  assert.equal((await charmed.sandbox('config', 'store', `port=${taken.port}`)).code, 0);
  const told = await failed('store');
  assert.deepEqual([told.code, told.stdout], [1, '']);
  assert.match(told.stderr, /store\/0 is in error: hook failed: "config-changed"\n/);
  assert.match(told.stderr, new RegExp(`kv cannot listen on ${address}:${taken.port}: .*address already in use`));
  assert.equal((await charmed.sandbox('config', 'store', 'port=7071')).code, 0);
  assert.equal((await charmed.sandbox('resolved', 'store/0')).code, 0);
  assert.equal((await charmed.sandbox('wait', 'store', '--timeout', '60')).code, 0);
});

/** What `wait` says of an application once its unit is in error. */
async function failed(application: string): Promise<Finished> {
  await until('the unit is in error', async () => {
    const { units = {} } = (await charmed.model()).applications[application] ?? {};
    return units[`${application}/0`]?.['workload-status'].current === 'error';
  });
  return await charmed.sandbox('wait', application, '--timeout', '0.1');
}

async function packed(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  writeProject(charmed.path(name), files);
  const [charm] = await pack(charmed.path(name), packOptions());
  return charm?.path ?? assert.fail('nothing was packed');
}

function packOptions() {
  const runtime = process.execPath as `/${string}`;
  return { output: charmed.directory, platforms: ['host'], runtime };
}

async function listening(address: string): Promise<{ readonly port: number; [Symbol.dispose](): void }> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const found = server.address();
  assert.ok(typeof found === 'object' && found !== null);
  return { port: found.port, [Symbol.dispose]: () => void server.close() };
}
