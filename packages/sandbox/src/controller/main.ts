// The controller's process: `node main.ts NAME STATE_DIR RUNTIME_DIR CACHE_DIR`. Says `ready` on stdout when its socket answers.

import { writeSync } from 'node:fs';
import { OpsError, reasonOf } from '@charmed/ops/internal';
import { files } from '../directories.ts';
import { Controller } from './controller.ts';
import { handlersFor } from './handlers.ts';
import { makePrivate, serve, type Handler } from './server.ts';

const [name = '', state = '', runtime = '', cache = ''] = process.argv.slice(2);

try {
  await run();
} catch (error) {
  process.stdout.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  if (cache === '') throw new OpsError('usage', 'usage: main NAME STATE_DIR RUNTIME_DIR CACHE_DIR');
  const directories = { state, runtime, cache };
  process.umask(0o022); // what charms start with under Juju, too
  makePrivate(state);
  makePrivate(runtime);
  const controller = await Controller.open(directories, name);
  const end = () => setImmediate(() => server.close(() => process.exit(0)));
  const handlers = handlersFor(controller, end) as unknown as Readonly<Record<string, Handler>>;
  const server = await serve(files.apiSocket(directories), handlers);
  process.on('SIGTERM', () => void controller.stop().then(() => process.exit(0)));
  writeSync(1, 'ready\n');
}
