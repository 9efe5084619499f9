// `charmed sandbox` as users type it: what it prints, and with which exit code.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packShellCharm, type ShellCharm } from '../../sandbox/test/shell-charm.ts';
import { Charmed } from './run-charmed.ts';

const WEB: ShellCharm = {
  metadata: { name: 'web' },
  config: { port: { type: 'int', default: 80, description: 'Where to listen' } },
  actions: { greet: { params: { name: { type: 'string' } }, required: ['name'] }, break: {} },
  dispatch: `
    case "$JUJU_DISPATCH_PATH" in
      hooks/start|hooks/config-changed) status-set active "port $(config-get port)";;
      actions/greet) action-set "words.first=hello" "words.second=$(action-get name)";;
      actions/break) exit 4;;
    esac`,
};

test('the commands of a session', async () => {
  await using charmed = new Charmed();
  const sandbox = async (...args: readonly string[]) => await charmed.sandbox(...args);
  const charm = charmed.path('web.charm');
  await packShellCharm(charm, WEB);
  const nothing = await sandbox('status');
  assert.deepEqual([nothing.code, nothing.stdout], [1, '']);
  assert.match(nothing.stderr, /^charmed: cannot find a sandbox "sandbox"/);

  const refused = await sandbox('deploy', charmed.path('no.charm'));
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /no.charm: there is no such file\n$/);
  assert.match((await sandbox('status')).stderr, /cannot find a sandbox/);

  const without = await sandbox('deploy', charm, '--resource', 'software=x');
  assert.match(without.stderr, /as the resource "software": the charm has the resources none\n$/);

  const deployed = await sandbox('deploy', charm, '--config', 'port=81');
  assert.deepEqual(deployed, { code: 0, stdout: `Deploying "web" from ${charm}\n`, stderr: '' });
  assert.deepEqual(await sandbox('wait', '--timeout', '30'), { code: 0, stdout: '', stderr: '' });
  assert.match((await sandbox('status')).stdout, /^web\/0\* +active +idle +0 +127\.\S+ +port 81$/m);
  const status = JSON.parse((await sandbox('status', '--format', 'json')).stdout);
  assert.equal(status.applications.web.units['web/0']['workload-status'].current, 'active');

  assert.equal((await sandbox('config', 'web', 'port')).stdout, '81\n');
  assert.equal((await sandbox('config', 'web', 'port=82')).code, 0);
  assert.match((await sandbox('config', 'web')).stdout, /^ {4}value: 82$/m);
  assert.match((await sandbox('config', 'web', 'port=x')).stderr, /^charmed: .*expected int, got "x"\n$/);

  assert.equal((await charmed.run('complete', '--', 'sandbox', 'run', 'w')).stdout, 'web/0\t\n');
  const greeted = await sandbox('run', 'web/0', 'greet', 'name=you');
  assert.deepEqual([greeted.code, greeted.stdout], [0, 'words:\n  first: hello\n  second: you\n']);
  assert.match(greeted.stderr, /^Running operation 1 with 1 task\n {2}- task 2 on unit-web-0\n/);
  const broken = await sandbox('run', 'web/0', 'break');
  assert.equal(broken.code, 1);
  assert.match(broken.stderr, /charmed: Action id 4 failed: exit status 4\n$/);
  assert.match((await sandbox('run', 'web/0', 'greet')).stderr, /cannot run "greet": .*"name"/);

  const log = await sandbox('debug-log', '-i', 'web/0');
  assert.match(log.stdout, /^unit-web-0: \d\d:\d\d:\d\d INFO juju.worker.uniter.operation ran "install" hook/m);
  assert.equal((await sandbox('add-unit', 'web')).stdout, 'Added web/1\n');
  assert.equal((await sandbox('remove-application', 'web')).code, 0);
  assert.deepEqual(await sandbox('destroy'), { code: 0, stdout: 'Destroyed the sandbox "sandbox"\n', stderr: '' });
});
