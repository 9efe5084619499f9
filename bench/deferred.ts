// What a long queue of deferred events costs: a dispatch that delivers all of it.

import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { deferring, pythonCharm, runToEnd, startAgent, unpackCharm, type Agent } from './agent.ts';
import { inTurn, lessIsBetter, median, timed, type Measurement } from './measurement.ts';

const ROUNDS = 3;

/** A charm with a queue that is there again in each round. */
interface Queue {
  deliver(): Promise<void>;
}

export async function deferred10k(): Promise<Measurement> {
  await using agent = await startAgent();
  const ours = await ourQueue(agent, 10_000);
  const { queue, version } = pythonQueue(agent, 10_000);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await timed(ours.deliver));
  const times = { ours: median(rounds), peer: await timed(queue.deliver) }; // once: it starts a juju-log for each event
  const figures = { name: 'deferred-10k', unit: 'ms', peerName: 'Python ops, its commands a Go client', budget: 5 };
  return lessIsBetter({ ...figures, ...times }, { ops: version });
}

/** Twice the events take twice the time. */
export async function deferred20k(): Promise<Measurement> {
  await using small = await startAgent();
  await using large = await startAgent();
  const half = await ourQueue(small, 10_000);
  const whole = await ourQueue(large, 20_000);
  const { ours, peer } = await inTurn(ROUNDS, whole.deliver, half.deliver);
  const figures = { name: 'deferred-20k', unit: 'ms', peerName: 'twice our time for 10,000', budget: 0.8 };
  return lessIsBetter({ ...figures, ours, peer: 2 * peer });
}

async function ourQueue(agent: Agent, length: number): Promise<Queue> {
  const cwd = unpackCharm(agent, deferring);
  const env = { ...agent.environment, JUJU_CHARM_DIR: cwd };
  const filling = { JUJU_DISPATCH_PATH: 'hooks/config-changed', EMIT: String(length) };
  await runToEnd(['./dispatch'], { cwd, env: { ...env, ...filling } });
  return queueIn(join(cwd, '.charmed-state.db'), () => runToEnd(['./dispatch'], { cwd, env }));
}

function pythonQueue(agent: Agent, length: number): { readonly queue: Queue; readonly version: string } {
  const { directory: cwd, python, version } = pythonCharm(agent, deferring);
  const store = join(cwd, '.unit-state.db');
  execFileSync(python, [join(import.meta.dirname, 'python/fill_queue.py'), store, String(length)]);
  const env = { ...agent.environment, JUJU_CHARM_DIR: cwd };
  return { queue: queueIn(store, () => runToEnd([python, 'src/charm.py'], { cwd, env })), version };
}

function queueIn(store: string, dispatch: () => Promise<void>): Queue {
  const kept = `${store}.kept`;
  copyFileSync(store, kept);
  return {
    async deliver() {
      copyFileSync(kept, store);
      await dispatch();
    },
  };
}
