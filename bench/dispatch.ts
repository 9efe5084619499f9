// What a dispatch of a charm that does nothing costs, and what one hook command does.

import { join } from 'node:path';
import { agentSocketRunner, GobWriter, rpc } from '@charmed/ops/internal';
import { pythonCharm, runToEnd, startAgent, unpackCharm } from './agent.ts';
import { inTurn, lessIsBetter, median, timed, type Measurement } from './measurement.ts';

const ROUNDS = 15;

export async function dispatchNoop(): Promise<Measurement> {
  await using agent = await startAgent();
  const charm = unpackCharm(agent);
  const peer = pythonCharm(agent);
  const times = await inTurn(
    ROUNDS,
    () => runToEnd(['./dispatch'], { cwd: charm, env: { ...agent.environment, JUJU_CHARM_DIR: charm } }),
    () =>
      runToEnd([peer.python, 'src/charm.py'], {
        cwd: peer.directory,
        env: { ...agent.environment, JUJU_CHARM_DIR: peer.directory },
      }),
  );
  const figures = { name: 'dispatch-noop', unit: 'ms', peerName: 'Python ops', budget: 7, ...times };
  return lessIsBetter(figures, { ops: peer.version });
}

export async function dispatchFloor(): Promise<Measurement> {
  await using agent = await startAgent();
  const charm = unpackCharm(agent);
  const writer = new GobWriter();
  const request = Buffer.concat([
    writer.encode(rpc.REQUEST_HEADER, { ServiceMethod: rpc.METHOD, Seq: 1 }),
    writer.encode(rpc.COMMAND, { ContextId: 'floor', Dir: '/', CommandName: 'is-leader', Args: ['--format=json'] }),
  ]);
  const times = await inTurn(
    ROUNDS,
    () => runToEnd(['./dispatch'], { cwd: charm, env: { ...agent.environment, JUJU_CHARM_DIR: charm } }),
    () =>
      runToEnd([join(charm, 'bin/node'), join(import.meta.dirname, 'floor.mjs')], {
        cwd: charm,
        env: { ...agent.environment, FLOOR_REQUEST: request.toString('base64') },
      }),
  );
  return lessIsBetter({
    name: 'dispatch-floor',
    unit: 'ms',
    peerName: 'one call without a framework',
    budget: 0.8,
    ...times,
  });
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
