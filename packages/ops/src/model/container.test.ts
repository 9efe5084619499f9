// What a container does beside asking Pebble.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jujuContextFrom } from '../juju/context.ts';
import { SecurityLog } from '../juju/security-log.ts';
import type { PebbleClient } from '../pebble/client.ts';
import { Container, type ContainerBackend } from './container.ts';

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
