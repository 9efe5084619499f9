// Hook commands between our end of the agent's socket and Go's, either way round.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { agentSocketRunner, type CommandRequest, type HookCommandResult } from '@charmed/ops/internal';
import { serveJujuc } from '@charmed/sandbox/agent';
import { peerPath, testWithPeers } from '../peers.ts';

const CONTEXT = { contextId: 'web/0-install-1', dir: '/charm', token: 'secret' };

// Of everything that text can be: empty, NUL, a byte order mark, beyond the basic plane.
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\0', '\uFEFF', '🚀', 'é'.repeat(200), 'x'.repeat(70_000)),
);
const calls = fc.record({
  command: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((command) => command !== 'answer'),
  args: fc.array(words, { maxLength: 12 }),
  stdin: fc.option(words, { nil: undefined }),
});
const answers = fc.record({ code: fc.integer({ min: -1000, max: 1000 }), stdout: words, stderr: words });

const base64 = (value: string | Uint8Array) => Buffer.from(value).toString('base64');
const decoded = (value: unknown) => Buffer.from(typeof value === 'string' ? value : '', 'base64').toString();

/** A place for a socket of the test's own. */
function socketPlace(): Disposable & { readonly address: string } {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-rpc-'));
  return {
    address: join(directory, 'agent.socket'),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}

async function goServer(): Promise<AsyncDisposable & { readonly address: string }> {
  const place = socketPlace();
  const { address } = place;
  const server = spawn(peerPath('net-rpc'), ['serve', address], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(server.stdout, 'data');
  return {
    address,
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await once(server, 'exit');
      place[Symbol.dispose]();
    },
  };
}

testWithPeers("Go's server reads every call as it was made, all on one connection", ['net-rpc'], async () => {
  await using server = await goServer();
  const runner = await agentSocketRunner({ address: server.address, ...CONTEXT });
  await fc.assert(
    fc.asyncProperty(calls, async ({ command, args, stdin }) => {
      const { code, stdout, stderr } = await runner.run(command, args, { stdin });
      const read = JSON.parse(stdout) as Record<string, unknown> & { readonly Args: readonly string[] | null };
      assert.deepEqual([code, stderr], [0, '']);
      assert.deepEqual([decoded(read['CommandName']), (read.Args ?? []).map(decoded)], [command, args]);
      assert.deepEqual([read['StdinSet'], decoded(read['Stdin'])], [true, stdin ?? '']);
      const context = {
        contextId: decoded(read['ContextId']),
        dir: decoded(read['Dir']),
        token: decoded(read['Token']),
      };
      assert.deepEqual(context, CONTEXT);
    }),
    { numRuns: 150 },
  );
  await runner.close();
});

testWithPeers('large input and very many arguments arrive whole', ['net-rpc'], async () => {
  await using server = await goServer();
  const runner = await agentSocketRunner({ address: server.address, ...CONTEXT });
  const stdin = 'ä'.repeat(3 * 1024 ** 2);
  const large = JSON.parse((await runner.run('relation-set', ['--file', '-'], { stdin })).stdout);
  assert.ok(decoded(large.Stdin) === stdin);
  const args = Array.from({ length: 20_000 }, (_, index) => `argument ${index}`);
  const many = JSON.parse((await runner.run('juju-log', args)).stdout);
  assert.deepEqual(many.Args.map(decoded), args);
  const half = JSON.parse((await runner.run('juju-log', ['\uD800x'])).stdout);
  assert.deepEqual(half.Args.map(decoded), ['\uFFFDx']);
  await runner.close();
});

testWithPeers('every answer of a command, and every refusal, is read as Go wrote it', ['net-rpc'], async () => {
  await using server = await goServer();
  const runner = await agentSocketRunner({ address: server.address, ...CONTEXT });
  const refusals = fc.option(fc.string({ minLength: 1 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(answers, refusals, async ({ code, stdout, stderr }, error) => {
      const answer = { Code: code, Stdout: base64(stdout), Stderr: base64(stderr), Error: error };
      const run = runner.run('answer', [], { stdin: JSON.stringify(answer) });
      if (error === undefined) assert.deepEqual(await run, { code, stdout, stderr });
      else await assert.rejects(run, { code: 'agent-refused', message: `cannot run answer: ${error}` });
    }),
    { numRuns: 150 },
  );
  await runner.close();
});

/** Makes the calls with Go's client, against our server that answers them with `handle`. */
async function callWithGo(
  mode: 'call' | 'together',
  requests: readonly { readonly method?: string; readonly request: CommandRequest }[],
  handle: (request: CommandRequest) => HookCommandResult,
): Promise<readonly Record<string, unknown>[]> {
  using place = socketPlace();
  const server = await serveJujuc({ socketPath: place.address, handle });
  const client = spawn(peerPath('net-rpc'), [mode, place.address], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = requests.map(({ method = 'Jujuc.Main', request }) => JSON.stringify(goCall(method, request)));
  client.stdin.end(lines.join('\n'));
  const [output] = await Promise.all([text(client.stdout), once(client, 'close')]);
  await server.close();
  assert.equal(client.exitCode, 0);
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function goCall(method: string, { contextId, dir, command, args, stdin, token = '' }: CommandRequest): object {
  return {
    Method: method,
    ContextId: base64(contextId),
    Dir: base64(dir),
    CommandName: base64(command),
    Args: args.map(base64),
    StdinSet: stdin !== undefined,
    Stdin: base64(stdin ?? ''),
    Token: base64(token),
  };
}

const resultOf = (answer: Record<string, unknown> | undefined): HookCommandResult => ({
  code: Number(answer?.['Code']),
  stdout: decoded(answer?.['Stdout']),
  stderr: decoded(answer?.['Stderr']),
});

const exchanges = fc.array(fc.record({ call: calls, answer: answers }), { minLength: 1, maxLength: 40 });

testWithPeers("Go's client is read as it calls, and reads what we answer", ['net-rpc'], async () => {
  await fc.assert(
    fc.asyncProperty(exchanges, async (made) => {
      const requests = made.map(({ call: { command, args, stdin } }) => ({
        request: { ...CONTEXT, command, args, stdin: stdin === undefined ? undefined : Buffer.from(stdin) },
      }));
      const seen: CommandRequest[] = [];
      const results = await callWithGo('call', requests, (request) => {
        seen.push(request);
        return made[seen.length - 1]?.answer ?? assert.fail();
      });
      const plain = (request: CommandRequest) => ({ ...request, stdin: request.stdin && base64(request.stdin) });
      assert.deepEqual(
        seen.map(plain),
        requests.map(({ request }) => plain(request)),
      );
      assert.deepEqual(
        results.map((result) => [resultOf(result), result['Error']]),
        made.map(({ answer }) => [{ ...answer }, '']),
      );
    }),
    { numRuns: 15 },
  );
});

testWithPeers("what goes wrong is an error to Go's client too, and the connection goes on", ['net-rpc'], async () => {
  const request = (command: string) => ({ request: { ...CONTEXT, command, args: [], stdin: undefined } });
  const made = [request('refused'), { ...request('works'), method: 'Jujuc.Other' }, request('fails'), request('works')];
  const results = await callWithGo('call', made, ({ command }) => {
    if (command === 'refused') throw new Error('bad request: unknown command: refused');
    return command === 'fails' ? { code: 2, stdout: '', stderr: 'ERROR no' } : { code: 0, stdout: 'ok', stderr: '' };
  });
  assert.deepEqual(
    results.map((result) => [resultOf(result).code, resultOf(result).stdout, result['Error']]),
    [
      [0, '', 'bad request: unknown command: refused'],
      [0, '', "rpc: can't find method Jujuc.Other"],
      [2, '', ''],
      [0, 'ok', ''],
    ],
  );
});

testWithPeers(
  "calls that Go's client does not wait for are run in another order, and answered each",
  ['net-rpc'],
  async () => {
    const names = Array.from({ length: 20 }, (_, index) => `command-${index}`);
    const made = names.map((command) => ({ request: { ...CONTEXT, command, args: [], stdin: undefined } }));
    const ran: string[] = [];
    const results = await callWithGo('together', made, ({ command }) => {
      ran.push(command);
      return { code: 0, stdout: command, stderr: '' };
    });
    assert.deepEqual(
      results.map((result) => resultOf(result).stdout),
      names,
    );
    assert.notDeepEqual(ran, names);
  },
);
