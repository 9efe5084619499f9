// The unit agent's socket as a charm sees it that calls it well, badly, or too early.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as fc from 'fast-check';
import {
  agentSocketRunner,
  GobReader,
  GobWriter,
  rpc,
  type CommandRequest,
  type GobRecord,
} from '@charmed/ops/internal';
import { applicationVersionSet, hookRunner } from '@charmed/ops/hookcmds';
import { serveJujuc, type JujucServerOptions } from './jujuc-server.ts';

async function serve(t: TestContext, handle: JujucServerOptions['handle']): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'jujuc-server-'));
  const socketPath = join(directory, 'agent.socket');
  const server = await serveJujuc({ socketPath, handle });
  t.after(async () => {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return socketPath;
}

const runnerOn = (address: string) => agentSocketRunner({ address, contextId: 'web/0-start-1', dir: '/charm' });
const nothing = { code: 0, stdout: '', stderr: '' };

/** Sends all requests at once, as a client does that does not wait, and returns the answers as they come. */
async function pipeline(address: string, commands: readonly string[], method = rpc.METHOD): Promise<GobRecord[]> {
  const [writer, reader] = [new GobWriter(), new GobReader()];
  const requests = commands.map((command, index) =>
    Buffer.concat([
      writer.encode(rpc.REQUEST_HEADER, { ServiceMethod: method, Seq: index }),
      writer.encode(rpc.COMMAND, { CommandName: command }),
    ]),
  );
  const socket = connect(address);
  for (const request of requests) socket.write(request);
  const values: GobRecord[] = [];
  for await (const chunk of socket) {
    values.push(...reader.push(chunk));
    if (values.length === 2 * commands.length) break;
  }
  return values;
}

test('only its owner can open the socket', async (t) => {
  const address = await serve(t, () => nothing);
  assert.equal(statSync(address).mode & 0o777, 0o600);
});

test('requests that do not wait for each other are never answered in the order of their calls', async (t) => {
  const ran: string[] = [];
  const address = await serve(t, ({ command }) => {
    ran.push(command);
    return { ...nothing, stdout: command };
  });
  for (let round = 0; round < 20; round++) {
    ran.length = 0;
    const commands = Array.from({ length: 2 + (round % 5) }, (_, index) => `command-${index}`);
    const values = await pipeline(address, commands);
    const answers = values.filter((_, index) => index % 2 === 1);
    const names = answers.map(({ Stdout }) => Buffer.from(rpc.bytesOf(Stdout)).toString());
    assert.deepEqual(ran.toSorted(), commands);
    assert.notDeepEqual(ran, commands);
    assert.deepEqual(names, ran);
    const seqs = values.filter((_, index) => index % 2 === 0).map(({ Seq = 0 }) => Number(Seq));
    assert.deepEqual(
      seqs.map((seq) => commands[seq]),
      ran,
    );
  }
});

test('a charm that does not wait for its commands has them run in the order of its calls all the same', async (t) => {
  const ran: string[] = [];
  const address = await serve(t, ({ args }) => {
    ran.push(args.at(-1) ?? '');
    return nothing;
  });
  await using juju = await hookRunner({ JUJU_AGENT_SOCKET_ADDRESS: address, JUJU_CONTEXT_ID: 'web/0-start-1' });
  const versions = Array.from({ length: 30 }, (_, index) => String(index));
  await Promise.all(versions.map((version) => applicationVersionSet(juju, version)));
  assert.deepEqual(ran, versions);
});

test('one command runs at a time, over all connections', async (t) => {
  let [running, most] = [0, 0];
  const address = await serve(t, async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return nothing;
  });
  const runners = await Promise.all(Array.from({ length: 5 }, () => runnerOn(address)));
  await Promise.all(runners.map((runner) => runner.run('config-get', [])));
  await Promise.all(runners.map((runner) => runner.close()));
  assert.equal(most, 1);
});

test('what a command throws, and a method that is not there, are errors of the call, and the next one is answered', async (t) => {
  const address = await serve(t, ({ command }) => {
    if (command === 'fails') throw new Error('bad request: no');
    if (command === 'silent') throw new Error('');
    return { ...nothing, stdout: 'yes' };
  });
  const runner = await runnerOn(address);
  await assert.rejects(runner.run('fails', []), { code: 'agent-refused', message: /bad request: no$/ });
  await assert.rejects(runner.run('silent', []), { code: 'agent-refused' });
  assert.equal((await runner.run('works', [])).stdout, 'yes');
  await runner.close();
  const [header] = await pipeline(address, ['works'], 'Jujuc.Other');
  assert.match(rpc.stringOf(header?.Error), /can't find method Jujuc\.Other/);
});

test('what is not net/rpc ends its own connection, and no other', async (t) => {
  const address = await serve(t, () => nothing);
  const runner = await runnerOn(address);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 100 }), async (bytes) => {
      const socket = connect(address);
      socket.on('error', () => undefined);
      socket.end(Buffer.concat([bytes, Buffer.alloc(300)])); // zeros are no messages, so that none is waited for
      await new Promise((resolve) => socket.resume().once('close', resolve));
      assert.equal((await runner.run('config-get', [])).code, 0);
    }),
    { numRuns: 50 },
  );
  await runner.close();
});

test('a caller that is gone before its answer disturbs nobody', async (t) => {
  const asked: CommandRequest[] = [];
  const address = await serve(t, async (request) => {
    asked.push(request);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { ...nothing, stdout: 'x'.repeat(2 ** 20) };
  });
  const gone = await runnerOn(address);
  const lost = gone.run('config-get', []).catch((error: unknown) => error);
  while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await gone.close();
  await lost;
  const other = await runnerOn(address);
  assert.equal((await other.run('config-get', [])).stdout.length, 2 ** 20);
  await other.close();
});

test('what was sent is run, also when its caller is gone by then', async (t) => {
  const ran: string[] = [];
  const address = await serve(t, ({ command }) => {
    ran.push(command);
    return nothing;
  });
  const writer = new GobWriter();
  const requests = ['juju-log', 'status-set'].flatMap((command, index) => [
    writer.encode(rpc.REQUEST_HEADER, { ServiceMethod: rpc.METHOD, Seq: index }),
    writer.encode(rpc.COMMAND, { CommandName: command }),
  ]);
  const socket = connect(address);
  socket.write(Buffer.concat(requests), () => socket.destroy());
  while (ran.length < 2) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(ran.toSorted(), ['juju-log', 'status-set']);
});

test('a command without end holds up others only as long as its caller waits', async (t) => {
  const asked: string[] = [];
  const address = await serve(t, ({ command }) => {
    asked.push(command);
    return command === 'endless' ? new Promise(() => {}) : nothing;
  });
  const gone = await runnerOn(address);
  const lost = gone.run('endless', []).catch((error: unknown) => error);
  while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const other = await runnerOn(address);
  const waiting = other.run('config-get', []);
  await gone.close();
  assert.equal((await waiting).code, 0);
  await lost;
  await other.close();
});
