// What a container does beside asking Pebble.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jujuContextFrom } from '../juju/context.ts';
import { SecurityLog } from '../juju/security-log.ts';
import type { PebbleClient } from '../pebble/client.ts';
import { PebbleAPIError } from '../pebble/errors.ts';
import { Container, type ContainerBackend } from './container.ts';

/** A container whose Pebble does as the methods say. */
function containerOf(methods: Readonly<Record<string, (...args: never[]) => unknown>>): Container {
  const pebble = () => methods as unknown as PebbleClient;
  return new Container('web', { pebble } as unknown as ContainerBackend);
}

function refusal(status: number): PebbleAPIError {
  return new PebbleAPIError({ what: 'restart', status, statusText: 'Status', message: 'no', body: {} });
}

test('where Pebble cannot restart, what runs is stopped and everything started', async () => {
  for (const [running, expected] of [
    [['web'], ['stop web', 'start web,db']],
    [[], ['start web,db']],
  ] as const) {
    const calls: string[] = [];
    const container = containerOf({
      restartServices: async () => Promise.reject(refusal(400)),
      getServices: async (names: readonly string[]) =>
        names.map((name) => ({ name, isRunning: (running as readonly string[]).includes(name) })),
      stopServices: async (names: readonly string[]) => calls.push(`stop ${names.join()}`),
      startServices: async (names: readonly string[]) => calls.push(`start ${names.join()}`),
    });
    await container.restart('web', 'db');
    assert.deepEqual(calls, expected);
  }
});

test('a restart that is refused for another reason is an error', async () => {
  const container = containerOf({ restartServices: async () => Promise.reject(refusal(500)) });
  await assert.rejects(async () => await container.restart('web'), PebbleAPIError);
});

test('each check that is stopped is a security event', async () => {
  const log: string[] = [];
  const context = jujuContextFrom({ JUJU_UNIT_NAME: 'web/0', JUJU_MODEL_UUID: 'c0ffee' });
  const logger = { log: (level: string, message: string) => void log.push(`${level} ${message}`) };
  const container = new Container('web', {
    context,
    files: {} as ContainerBackend['files'],
    pebble: () => ({ stopChecks: async () => ['up', 'ready'] }) as unknown as PebbleClient,
    security: new SecurityLog({ logger, context, uid: 1000 }),
  });
  assert.deepEqual(await container.stopChecks('up', 'ready', 'down'), ['up', 'ready']);
  const events = log.map((line) => JSON.parse(line.replace(/^TRACE /, '')));
  assert.deepEqual(
    events.map(({ level, event, description }) => [level, event, description]),
    [
      ['WARN', 'sys_monitor_disabled:1000,up', 'Stopped check up'],
      ['WARN', 'sys_monitor_disabled:1000,ready', 'Stopped check ready'],
    ],
  );
});
