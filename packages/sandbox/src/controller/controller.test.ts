// What a controller does about the processes that the one before it has left.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { addApplication, emptyModel, settle, type ModelState, type UnitState } from '@charmed/sim/model';
import { files, type SandboxDirectories } from '../directories.ts';
import { Controller } from './controller.ts';
import { Store } from './store.ts';

const IDLE = { hook: null, installed: true, started: true, acceptedLeadership: true, seenConfig: 0 } as const;
const RUNNING = { hook: { event: { kind: 'start' }, step: 'running', failures: 0 } } as const;

test('what a hook has left running stays if the model knows that it succeeded', async (t) => {
  const left = await leftBehind(t, IDLE);
  await left.controller.stop();
  assert.equal(left.process.signalCode, null);
  left.process.kill();
});

test('what a hook runs is killed if the model does not know how it ended', async (t) => {
  const left = await leftBehind(t, RUNNING);
  assert.deepEqual(await left.exited, [null, 'SIGKILL']);
  await left.controller.stop();
});

async function leftBehind(t: TestContext, unit: Partial<UnitState>) {
  const root = mkdtempSync(join(tmpdir(), 'controller-test-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const directories: SandboxDirectories = { state: join(root, 's'), runtime: join(root, 'r'), cache: join(root, 'c') };
  mkdirSync(directories.state);
  const context = `web/0-start-${root}`;
  const store = new Store(files.database(directories));
  store.save(undefined, modelWith(unit));
  store.startRun('web/0', context);
  store.close();
  const process = spawn('sleep', ['1000'], { env: { JUJU_CONTEXT_ID: context } });
  const exited = once(process, 'exit');
  await once(process, 'spawn');
  const controller = await Controller.open(directories, 'test');
  return { controller, process, exited };
}

function modelWith(unit: Partial<UnitState>): ModelState {
  const empty = emptyModel({ name: 'test', uuid: '00000000-0000-4000-8000-000000000001', version: '3.6.11' });
  const state = settle(addApplication(empty, { name: 'web', charm: { name: 'web' } }, 't'));
  const installed = state.units['web/0'];
  assert.ok(installed);
  return { ...state, units: { 'web/0': { ...installed, ...unit } } };
}
