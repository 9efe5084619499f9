// A charm as a real process, whose hook commands fail in every way: what the hook ends with, and what is told where.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { configGet, hookRunner } from '../src/hook-commands.ts';
import { CharmProcess, charmSource, type Ended } from './charm-process.ts';
import { HostileAgent, wellBehaved, type Behaviour } from './hostile-agent.ts';

/** Runs a charm that sets statuses a, b and c, under an agent that answers the second of them as given. */
async function dispatchUnder(charm: CharmProcess, behaviour: Behaviour): Promise<Ended & { agent: readonly string[] }> {
  await using agent = await HostileAgent.start((asked) =>
    asked.request.args.includes('b') ? behaviour(asked) : wellBehaved(asked),
  );
  const ended = await charm.dispatch('hooks/start', environmentOf(agent.address));
  return { ...ended, agent: agent.lines };
}

function environmentOf(address: string): Readonly<Record<string, string>> {
  return { JUJU_AGENT_SOCKET_ADDRESS: address, JUJU_AGENT_SOCKET_NETWORK: 'unix', JUJU_CONTEXT_ID: 'web/0-start-1' };
}

const setStatus = (message: string) => `await this.unit.setStatus(new ActiveStatus('${message}'));`;
const status = (message: string) => `status-set --application=false active -- ${message}`;

const FAULTS: readonly (readonly [name: string, code: string, Behaviour])[] = [
  ['goes away', 'agent-closed', ({ socket }) => void socket.destroy()],
  ['goes away while it answers', 'agent-closed', ({ socket, answer }) => void socket.end(answer('x').subarray(0, -1))],
  ['answers garbage', 'agent-garbage', ({ socket }) => void socket.write('no such thing\n'.repeat(20))],
  ['never answers', 'hook-command-timeout', () => undefined],
];

for (const [name, code, behaviour] of FAULTS) {
  test(`an agent that ${name} fails the hook: nothing more is sent, and stderr says why`, async (t) => {
    const charm = new CharmProcess(t);
    const body = `${setStatus('a')} ${setStatus('b')} ${setStatus('c')}`;
    charm.write('charm/src/charm.ts', waitingFor(code, charmSource(body)));
    const { agent, commands, ...ended } = await dispatchUnder(charm, behaviour);
    assert.equal(ended.code, 1);
    assert.deepEqual([agent, commands], [[status('a'), status('b')], []]);
    assert.match(ended.stderr, /^ERROR .*\nHookRunnerError: cannot run status-set: /);
    assert.match(ended.stderr, /charm\.ts:13:/);
  });

  test(`an agent that ${name} fails the hook even if the charm catches the error, and nothing is kept`, async (t) => {
    const charm = new CharmProcess(t);
    const body = `
      const codes: unknown[] = [];
      for (const message of ['a', 'b', 'c']) {
        await this.unit.setStatus(new ActiveStatus(message)).catch((error) => codes.push(error.code));
      }
      console.log(codes.join(' '));`;
    charm.write('charm/src/charm.ts', waitingFor(code, charmSource(body)));
    const { agent, commands, ...ended } = await dispatchUnder(charm, behaviour);
    assert.equal(ended.code, 1);
    assert.deepEqual([agent, commands], [[status('a'), status('b')], []]);
    assert.match(ended.stderr, new RegExp(`^INFO ${code} ${code}\nERROR .*\nHookRunnerError: .*status-set`));
    assert.equal(existsSync(join(charm.dir, 'charm/.charmed-state.db')), false);
  });
}

/** Where there will be no answer, waits for it only as long as a busy machine may take to give one. */
function waitingFor(code: string, source: string): string {
  if (code !== 'hook-command-timeout') return source;
  return source.replace('main(WebCharm)', 'main(WebCharm, { hookCommandTimeoutMs: 3000 })');
}

test('a refusal is an error like any other: the charm may go on', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`
    ${setStatus('a')}
    await this.unit.setStatus(new ActiveStatus('b')).catch((error) => console.log(error.code));
    ${setStatus('c')}`);
  const { code, agent, stderr } = await dispatchUnder(charm, ({ socket, refusal }) => void socket.write(refusal('no')));
  assert.deepEqual([code, agent, stderr], [0, [status('a'), status('b'), status('c')], '']);
});

test('overlapping commands reach the agent one at a time, in the order of their calls', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`
    const names = Array.from({ length: 20 }, (_, index) => String(index));
    await Promise.all(names.map((name) => this.unit.setWorkloadVersion(name)));`);
  let [outstanding, most] = [0, 0];
  await using agent = await HostileAgent.start(({ socket, answer }) => {
    outstanding += 1;
    most = Math.max(most, outstanding);
    setImmediate(() => {
      outstanding -= 1;
      socket.write(answer());
    });
  });
  const { code } = await charm.dispatch('hooks/start', environmentOf(agent.address));
  assert.deepEqual([code, most], [0, 1]);
  assert.deepEqual(
    agent.lines,
    Array.from({ length: 20 }, (_, index) => `application-version-set -- ${index}`),
  );
});

test('without an agent on its socket the executables are used, and one line of the log says so', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`console.log('here'); ${setStatus('a')} ${setStatus('c')}`);
  const { code, commands, log, stderr } = await charm.dispatch('hooks/start', environmentOf('/no/such/socket'));
  assert.deepEqual([code, stderr], [0, '']);
  const lines = commands.filter(([command]) => command !== 'juju-log').map((line) => line.join(' '));
  assert.deepEqual(lines, [status('a'), status('c')]);
  const [fallback, ...others] = log;
  assert.match(fallback ?? '', /^WARNING cannot reach the unit agent on \/no\/such\/socket: .*run as executables/);
  assert.deepEqual(others, ['INFO here']);
});

test('for an agent on TCP the executables are used, with a line for debugging', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(setStatus('a'));
  const environment = { ...environmentOf('127.0.0.1:1'), JUJU_AGENT_SOCKET_NETWORK: 'tcp' };
  const { code, commands, log } = await charm.dispatch('hooks/start', environment);
  assert.deepEqual([code, log], [0, []]);
  const notices = commands.filter((line) => line.at(-1)?.includes('executables'));
  assert.deepEqual(
    notices.map(([command, , level]) => `${command} ${level}`),
    ['juju-log DEBUG'],
  );
});

test('without a socket and without executables the hook fails, and stderr says what is missing', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(setStatus('a'));
  for (const [environment, reason] of [
    [{}, /cannot run (juju-log|status-set): it is not on PATH/],
    [
      environmentOf('/no/such/socket'),
      /cannot reach the unit agent on \/no\/such\/socket: .*juju-log: it is not on PATH/,
    ],
  ] as const) {
    const { code, stderr, commands } = await charm.dispatch('hooks/start', { ...environment, PATH: '/nowhere' });
    assert.deepEqual([code, commands], [1, []]);
    assert.match(stderr, reason);
  }
});

test('at a sudden end the log goes through the executables, and to stderr where they do not take it', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`console.log('one'); console.log('two'); process.exit(3);`);
  await using agent = await HostileAgent.start(() => undefined);
  const taken = await charm.dispatch('hooks/start', environmentOf(agent.address));
  assert.deepEqual([taken.code, taken.log, taken.stderr], [3, ['INFO one', 'INFO two'], '']);
  charm.write('bin/juju-log', '#!/bin/sh\nexit 1\n');
  const refused = await charm.dispatch('hooks/start', environmentOf(agent.address));
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /^(DEBUG .*\n)*INFO one\nINFO two\n$/);
});

test('a reboot at once succeeds when the agent closes the connection, and comes after what was logged before', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`console.log('soon'); await this.unit.reboot({ now: true }); ${setStatus('a')}`);
  await using agent = await HostileAgent.start((asked) =>
    asked.request.command === 'juju-reboot' ? void asked.socket.end() : wellBehaved(asked),
  );
  const { code, stderr } = await charm.dispatch('hooks/start', environmentOf(agent.address));
  assert.deepEqual([code, stderr, agent.lines], [0, '', ['juju-reboot --now']]);
  const logged = agent.requests.map(({ args }) => args.at(-1) ?? '');
  assert.deepEqual([logged.at(-3), logged.at(-1)], ['soon', '--now']);
  assert.match(logged.at(-2) ?? '', /sys_restart/);
});

test('a script has a limit of its own', async () => {
  await using agent = await HostileAgent.start(() => undefined);
  await using juju = await hookRunner(environmentOf(agent.address), { hookCommandTimeoutMs: 50 });
  await assert.rejects(async () => await configGet(juju), { code: 'hook-command-timeout', message: /after 50 ms/ });
  assert.equal(juju.fault?.code, 'hook-command-timeout');
});
