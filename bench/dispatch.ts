// What a dispatch costs, in time and memory, and what one hook command does.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { agentSocketRunner, GobWriter, rpc } from '@charmed/ops/internal';
import {
  noop,
  pythonCharm,
  reconcile,
  runToEnd,
  startAgent,
  unpackCharm,
  type Agent,
  type BenchCharm,
} from './agent.ts';
import { inTurn, lessIsBetter, median, timed, type Measurement } from './measurement.ts';
import { goReconcile } from './peers.ts';

const ROUNDS = 15;

/** One run of a charm. */
interface Dispatch {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export async function dispatchNoop(): Promise<Measurement> {
  return await againstPython({ name: 'dispatch-noop', budget: 7 }, noop);
}

export async function dispatch20(): Promise<Measurement> {
  return await againstPython({ name: 'dispatch-20', budget: 8 }, reconcile);
}

async function againstPython(figures: { name: string; budget: number }, charm: BenchCharm): Promise<Measurement> {
  await using agent = await startAgent();
  const ours = ourDispatch(agent, charm);
  const { dispatch, version } = pythonDispatch(agent, charm);
  const times = await inTurn(
    ROUNDS,
    () => runToEnd(ours.command, ours),
    () => runToEnd(dispatch.command, dispatch),
  );
  return lessIsBetter({ ...figures, unit: 'ms', peerName: 'Python ops', ...times }, { ops: version });
}

export async function dispatchMemory(): Promise<Measurement> {
  await using agent = await startAgent();
  const ours = ourDispatch(agent, noop);
  const { dispatch, version } = pythonDispatch(agent, noop);
  const python = dispatch.command[0];
  const peaks = { ours: median(await peaksOf(python, ours)), peer: median(await peaksOf(python, dispatch)) };
  const figures = { name: 'dispatch-memory', unit: 'MiB', peerName: 'Python ops', budget: 0.75, ...peaks };
  return lessIsBetter(figures, { ops: version });
}

// What the kernel says of a process and its descendants when they have ended.
const PEAK = `
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)`;

async function peaksOf(python: string, { command, cwd, env }: Dispatch): Promise<number[]> {
  const peaks: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const { stdout } = await promisify(execFile)(python, ['-c', PEAK, ...command], { cwd, env });
    peaks.push(Number(stdout));
  }
  return peaks;
}

export async function dispatch20Go(): Promise<Measurement> {
  await using agent = await startAgent();
  const ours = ourDispatch(agent, reconcile);
  const times = await inTurn(
    ROUNDS,
    () => runToEnd(ours.command, ours),
    () => runToEnd([goReconcile()], ours),
  );
  const peerName = 'a Go charm with a Go client per command, in place of goops';
  return lessIsBetter({ name: 'dispatch-20-go', unit: 'ms', peerName, budget: 1.2, ...times });
}

export async function dispatchFloor(): Promise<Measurement> {
  await using agent = await startAgent();
  const ours = ourDispatch(agent, noop);
  const writer = new GobWriter();
  const request = Buffer.concat([
    writer.encode(rpc.REQUEST_HEADER, { ServiceMethod: rpc.METHOD, Seq: 1 }),
    writer.encode(rpc.COMMAND, { ContextId: 'floor', Dir: '/', CommandName: 'is-leader', Args: ['--format=json'] }),
  ]);
  const env = { ...agent.environment, FLOOR_REQUEST: request.toString('base64') };
  const floor = [join(ours.cwd, 'bin/node'), join(import.meta.dirname, 'floor.mjs')] as const;
  const times = await inTurn(
    ROUNDS,
    () => runToEnd(ours.command, ours),
    () => runToEnd(floor, { cwd: ours.cwd, env }),
  );
  const peerName = 'one call without a framework';
  return lessIsBetter({ name: 'dispatch-floor', unit: 'ms', peerName, budget: 0.8, ...times });
}

function ourDispatch(agent: Agent, charm: BenchCharm): Dispatch {
  const cwd = unpackCharm(agent, charm);
  return { command: ['./dispatch'], cwd, env: { ...agent.environment, JUJU_CHARM_DIR: cwd } };
}

function pythonDispatch(agent: Agent, charm: BenchCharm): { readonly dispatch: Dispatch; readonly version: string } {
  const { directory: cwd, python, version } = pythonCharm(agent, charm);
  const env = { ...agent.environment, JUJU_CHARM_DIR: cwd };
  return { dispatch: { command: [python, 'src/charm.py'], cwd, env }, version };
}

export async function hookCommand(): Promise<Measurement> {
  await using agent = await startAgent();
  const runner = await agentSocketRunner({ address: agent.socket, contextId: 'bench', dir: '/' });
  const ours: number[] = [];
  const peer: number[] = [];
  const env = { ...agent.environment };
  for (let round = 0; round < 50; round += 1) {
    for (let call = 0; call < 20; call += 1) ours.push(await timed(() => runner.run('config-get', ['--format=json'])));
    peer.push(await timed(() => runToEnd([join(agent.tools, 'config-get'), '--format=json'], { cwd: '/', env })));
  }
  await runner.close();
  const times = { ours: median(ours), peer: median(peer) };
  return lessIsBetter({ name: 'hook-command', unit: 'ms', peerName: 'a Go client per command', budget: 30, ...times });
}
