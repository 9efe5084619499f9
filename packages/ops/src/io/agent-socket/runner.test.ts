// Hook commands over real sockets whose other end misbehaves in every way.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import { HostileAgent, wellBehaved, type Behaviour } from '../../../test/hostile-agent.ts';
import { HookRunnerError } from '../../hookcmds/errors.ts';
import { inCallOrder } from '../../hookcmds/in-call-order.ts';
import type { HookRunner } from '../../hookcmds/runner.ts';
import { AgentConnection } from './connection.ts';
import { GobWriter } from './gob/writer.ts';
import { METHOD, RESPONSE_HEADER } from './rpc.ts';
import { agentSocketRunner } from './runner.ts';

const TIMEOUT_MS = 150;

function connectTo({ address }: { readonly address: string }, timeoutMs = 30_000): Promise<HookRunner> {
  return agentSocketRunner({ address, contextId: 'web/0-start-1', dir: '/charm', timeoutMs });
}

/** Three commands at once, the second of which the agent answers as given. */
async function faultOf(behaviour: Behaviour, timeoutMs = 30_000) {
  await using agent = await HostileAgent.start((asked) =>
    asked.request.command === 'second' ? behaviour(asked) : wellBehaved(asked),
  );
  const runner = inCallOrder(await connectTo(agent));
  const runs = ['first', 'second', 'third'].map((command) =>
    runner.run(command, [], command === 'second' ? { timeoutMs } : {}),
  );
  const ends = await Promise.allSettled(runs);
  await until(() => agent.lines.includes('second')); // it may not have come round to reading what it does not answer
  const later = await runner.run('later', []).catch((error: unknown) => error);
  await runner.close();
  const errors = ends.map((end) => (end.status === 'rejected' ? end.reason : undefined));
  return { errors: [...errors, later], lines: agent.lines, fault: runner.fault };
}

const otherTypes: Behaviour = ({ socket, seq }) => {
  const writer = new GobWriter();
  const result = { name: 'ExecResponse', fields: [['Stdout', 'string']] } as const;
  // Ids begin anew here, so the agent's own are used up first.
  for (const name of ['a', 'b']) writer.encode({ name, fields: [] }, {});
  socket.write(writer.encode(RESPONSE_HEADER, { ServiceMethod: METHOD, Seq: seq }));
  socket.write(writer.encode(result, { Stdout: 'text' }));
};

const FAULTS: readonly (readonly [name: string, code: string, Behaviour])[] = [
  ['closes', 'agent-closed', ({ socket }) => void socket.end()],
  ['dies', 'agent-closed', ({ socket }) => void socket.destroy()],
  [
    'closes in the middle of its answer',
    'agent-closed',
    ({ socket, answer }) => void socket.end(answer('x').subarray(0, -1)),
  ],
  ['answers text', 'agent-garbage', ({ socket }) => void socket.write('HTTP/1.1 400 Bad Request\r\n'.repeat(9))],
  ['answers nothing but zeros', 'agent-garbage', ({ socket }) => void socket.write(Buffer.alloc(100_000))],
  [
    'announces a message of a gigabyte',
    'agent-garbage',
    ({ socket }) => void socket.write(Buffer.from('fc40000000', 'hex')),
  ],
  ['answers another request', 'agent-garbage', ({ socket, answer, seq }) => void socket.write(answer('', seq + 1))],
  ['answers in other types', 'agent-garbage', otherTypes],
  [
    'prints what is not UTF-8',
    'agent-garbage',
    ({ socket, answer }) => void socket.write(answer(Buffer.of(0x22, 0xff, 0x22))),
  ],
  ['never answers', 'hook-command-timeout', () => undefined],
  ['never ends its answer', 'hook-command-timeout', drip],
];

/** One byte at a time, without end. */
function drip({ socket }: { readonly socket: { destroyed: boolean; write(bytes: Buffer): unknown } }): void {
  socket.write(Buffer.from('fdff0000', 'hex'));
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(Buffer.of(0));
  }, 5);
}

for (const [name, code, behaviour] of FAULTS) {
  test(`an agent that ${name} ends the hook commands with ${code}`, { timeout: 20_000 }, async () => {
    const timeoutMs = code === 'hook-command-timeout' ? TIMEOUT_MS : undefined;
    const { errors, lines, fault } = await faultOf(behaviour, timeoutMs);
    const [first, ...others] = errors;
    assert.equal(first, undefined);
    assert.equal(others.length, 3);
    for (const error of others) {
      assert.ok(error instanceof HookRunnerError, String(error));
      assert.equal(error.code, code);
    }
    assert.deepEqual(lines, ['first', 'second']);
    assert.equal(fault, others[0]);
    assert.match(others[0]?.message, /second/);
    assert.match(others[1]?.message, /cannot run third: it was not sent/);
  });
}

test('a command that may have run says so, and is not repeated', async () => {
  const { errors } = await faultOf(({ socket }) => void socket.end());
  assert.match(String(errors[1]), /cannot run second: .*It may have run, and is not repeated/);
  assert.doesNotMatch(String(errors[2]).replace(String(errors[1]?.message), ''), /may have run/);
});

test('an agent that refuses a command answers the next ones', async () => {
  const { errors, lines, fault } = await faultOf(
    ({ socket, refusal }) => void socket.write(refusal('bad request: no')),
  );
  const [, refused, third] = errors;
  assert.ok(refused instanceof HookRunnerError);
  assert.equal(refused.code, 'agent-refused');
  assert.match(refused.message, /cannot run second: .*bad request: no/);
  assert.deepEqual([third, lines, fault], [undefined, ['first', 'second', 'third', 'later'], undefined]);
});

test('an agent that is slow and answers in pieces is waited for', async () => {
  await using agent = await HostileAgent.start(async ({ socket, answer }) => {
    for (const byte of answer('"ok"')) {
      socket.write(Buffer.of(byte));
      await macrotask();
    }
  });
  const runner = await connectTo(agent);
  for (let call = 0; call < 3; call++) assert.equal((await runner.run('config-get', [])).stdout, '"ok"');
  await runner.close();
});

test('what comes unasked, or twice, is a fault of the next command at the latest', async () => {
  for (const behaviour of [
    (({ socket, answer }) => void socket.write(Buffer.concat([answer('a'), answer('b')]))) satisfies Behaviour,
    (({ socket, answer, seq }) =>
      void socket.write(Buffer.concat([answer('a'), answer('b', seq + 1)]))) satisfies Behaviour,
  ]) {
    await using agent = await HostileAgent.start(behaviour);
    const runner = await connectTo(agent);
    assert.equal((await runner.run('first', [])).stdout, 'a');
    await assert.rejects(runner.run('second', []), { code: 'agent-garbage' });
    assert.deepEqual(agent.lines, ['first']);
    await runner.close();
  }
});

test('stdin is sent at once, an empty one too, so that no command has to be repeated for it', async () => {
  const decoded: unknown[] = [];
  await using agent = await HostileAgent.start((asked) => {
    const { stdin } = asked.request;
    decoded.push(stdin && Buffer.from(stdin).toString());
    if (stdin) wellBehaved(asked);
    else asked.socket.write(asked.refusal('hook tool requires stdin, none supplied'));
  });
  const runner = await connectTo(agent);
  for (const options of [{}, { stdin: '' }, { stdin: 'a\0ü' }])
    await runner.run('relation-set', ['--file', '-'], options);
  assert.deepEqual(decoded, ['', '', 'a\0ü']);
  await runner.close();
});

test('a reboot is answered by a closed connection', async () => {
  const closings: readonly Behaviour[] = [
    ({ socket }) => void socket.end(),
    ({ socket }) => void socket.destroy(),
    ({ socket, answer }) => void socket.end(answer().subarray(0, 5)),
  ];
  for (const closing of closings) {
    await using agent = await HostileAgent.start(closing);
    const runner = inCallOrder(await connectTo(agent));
    assert.deepEqual(await runner.run('juju-reboot', ['--now']), { code: 0, stdout: '', stderr: '' });
    await assert.rejects(runner.run('config-get', []), { code: 'agent-closed' });
    assert.deepEqual(agent.lines, ['juju-reboot --now']);
    await runner.close();
  }
});

test('a reboot that fails otherwise, comes after the hook, or was never sent has not succeeded', async () => {
  await using closing = await HostileAgent.start(({ socket }) => void socket.end());
  const later = await connectTo(closing);
  await assert.rejects(later.run('juju-reboot', []), { code: 'agent-closed' });
  await later.close();

  await using silent = await HostileAgent.start(() => undefined);
  const hanging = await connectTo(silent, TIMEOUT_MS);
  await assert.rejects(hanging.run('juju-reboot', ['--now']), { code: 'hook-command-timeout' });
  await hanging.close();

  await using gone = await HostileAgent.start(wellBehaved);
  const unsent = await connectTo(gone);
  await unsent.run('config-get', []);
  gone.hangUp();
  await until(() => gone.connections === 0);
  await assert.rejects(unsent.run('juju-reboot', ['--now']), { code: 'agent-closed', message: /not sent/ });
  assert.deepEqual(gone.lines, ['config-get']);
  await unsent.close();
});

test('a connection that the agent closes between two commands fails the next, which was not sent', async () => {
  await using agent = await HostileAgent.start(wellBehaved);
  const runner = await connectTo(agent);
  await runner.run('config-get', []);
  agent.hangUp();
  await until(() => agent.connections === 0);
  await assert.rejects(runner.run('status-set', ['active']), (error: Error) => {
    assert.match(error.message, /cannot run status-set: it was not sent/);
    assert.doesNotMatch(error.message, /may have run/);
    return true;
  });
  await runner.close();
});

test('closing the runner ends a command that waits', async () => {
  await using agent = await HostileAgent.start(() => undefined);
  const runner = await connectTo(agent);
  const waiting = assert.rejects(runner.run('config-get', []), { code: 'agent-closed', message: /may have run/ });
  await until(() => agent.lines.length === 1);
  await runner.close();
  await waiting;
  await assert.rejects(runner.run('config-get', []), { code: 'agent-closed', message: /not sent/ });
});

test('the limit of a single command goes before that of the runner, and resource-get has none', async () => {
  await using agent = await HostileAgent.start(({ request, socket, answer }) => {
    if (request.command === 'resource-get') setTimeout(() => socket.write(answer('late')), TIMEOUT_MS + 50);
  });
  const runner = await connectTo(agent, TIMEOUT_MS);
  assert.equal((await runner.run('resource-get', ['image'])).stdout, 'late');
  await assert.rejects(runner.run('config-get', []), { code: 'hook-command-timeout', message: /after 150 ms/ });
  await runner.close();
  const patient = await connectTo(agent);
  await assert.rejects(patient.run('config-get', [], { timeoutMs: 20 }), { message: /after 20 ms/ });
  await patient.close();
});

test('a limit longer than any timer is none, and not none at all', async () => {
  await using agent = await HostileAgent.start(
    ({ socket, answer }) => void setTimeout(() => socket.write(answer()), 50),
  );
  const runner = await connectTo(agent, 1e12);
  assert.equal((await runner.run('config-get', [])).code, 0);
  await runner.close();
});

test('an address where no agent answers is told apart before anything is sent', async (t) => {
  const directory = temporaryDirectory(t);
  const stale = join(directory, 'stale');
  const closed = createServer().listen(join(directory, 'closed'));
  await once(closed, 'listening');
  linkSync(join(directory, 'closed'), stale);
  await new Promise((resolve) => closed.close(resolve));
  writeFileSync(join(directory, 'file'), '');
  mkdirSync(join(directory, 'directory'));
  const addresses = [
    ...['missing', 'stale', 'file', 'directory', 'no/such/directory'].map((name) => join(directory, name)),
    join(directory, 'x'.repeat(200)),
    `@charmed-nobody-${process.pid}`,
  ];
  for (const address of addresses) {
    await assert.rejects(connectTo({ address }), (error: unknown) => {
      assert.ok(error instanceof HookRunnerError, address);
      assert.equal(error.code, 'agent-unreachable');
      return true;
    });
  }
});

test('an agent that has stopped accepting is unreachable, or runs into the limit', { timeout: 30_000 }, async (t) => {
  const address = join(temporaryDirectory(t), 'socket');
  const listen = `require('net').createServer().listen({ path: '${address}', backlog: 1 }, () => console.log('ready'))`;
  const stopped = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(stopped.stdout, 'data');
  stopped.kill('SIGSTOP');
  const runners: HookRunner[] = [];
  try {
    await assert.rejects(
      async () => {
        for (let count = 0; count < 10; count++) runners.push(await connectTo({ address }, TIMEOUT_MS));
      },
      { code: 'agent-unreachable' },
    );
    await assert.rejects(runners[0]?.run('config-get', []) ?? Promise.resolve(), { code: 'hook-command-timeout' });
    await Promise.all(runners.map((runner) => runner.close()));
  } finally {
    stopped.kill('SIGKILL');
    await once(stopped, 'exit');
  }
});

test('an abstract socket is one with a leading @', async () => {
  const name = `charmed-test-${process.pid}`;
  const server = createServer((socket) => socket.destroy()).listen({ path: `\0${name}` });
  await once(server, 'listening');
  const connection = await AgentConnection.open(`@${name}`);
  await connection.close();
  await new Promise((resolve) => server.close(resolve));
});

test('no descriptor outlives its runner, and no child gets one', async () => {
  await using agent = await HostileAgent.start((asked) => {
    if (asked.request.command === 'config-get') wellBehaved(asked);
    else asked.socket.destroy();
  });
  const warm = await connectTo(agent);
  await warm.close();
  await until(() => agent.connections === 0);
  const before = descriptors().length;
  for (let round = 0; round < 20; round++) {
    const runner = await connectTo(agent);
    await runner.run('config-get', []);
    if (round % 2 === 0) await runner.run('fail', []).catch(() => undefined);
    if (round % 3 === 0) await Promise.all([runner.close(), runner.close()]);
    else await runner.close();
    await connectTo({ address: `${agent.address}.missing` }).catch(() => undefined);
  }
  await until(() => agent.connections === 0);
  assert.equal(descriptors().length, before);

  const others = descriptors();
  const runner = await connectTo(agent);
  const both = descriptors().filter((target) => !others.includes(target)); // the agent's end is in this process too
  const child = spawn('ls', ['-l', '/proc/self/fd'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const listed: Buffer[] = await child.stdout.toArray();
  assert.ok(both.length > 0);
  for (const socket of both) assert.ok(!Buffer.concat(listed).toString().includes(socket));
  await runner.close();
});

test('a connection at rest does not keep the process alive, and a command does', async () => {
  await using agent = await HostileAgent.start(
    ({ socket, answer }) => void setTimeout(() => socket.write(answer()), 50),
  );
  const program = `
    import { agentSocketRunner } from '${new URL('./runner.ts', import.meta.url).href}';
    const runner = await agentSocketRunner({ address: '${agent.address}', contextId: 'c', dir: '/' });
    process.stdout.write('connected ');
    runner.run('config-get', []).then(({ code }) => process.stdout.write('answered ' + code));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output: Buffer[] = await child.stdout.toArray();
  assert.equal(Buffer.concat(output).toString(), 'connected answered 0');
});

/** What the open descriptors of this process are. */
function descriptors(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      return []; // the one of this very listing
    }
  });
}

function temporaryDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'agent-socket-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await macrotask();
}
