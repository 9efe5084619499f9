// Runs one Pebble as a process of its own:
// main.ts --socket PATH --layers DIR [--root DIR] [--env NAME=VALUE ...] [--hold] [--exit-with-parent]
// It prints `ready` when it serves. SIGTERM, SIGINT and, with --exit-with-parent, the end of stdin stop all services and end it.

import { parseArgs } from 'node:util';
import { OpsError, reasonOf } from '@charmed/ops/internal';
import { startPebble } from './start.ts';

const usage = 'usage: --socket PATH --layers DIR [--root DIR] [--env NAME=VALUE ...] [--hold] [--exit-with-parent]';

try {
  process.exitCode = await run();
} catch (error) {
  console.error(`cannot run Pebble: ${reasonOf(error)}`);
  process.exitCode = 1;
}

/** The exit code that a service has asked for, else 0. */
async function run(): Promise<number> {
  const options = readArguments();
  const pebble = await startPebble(options);
  const asked = Promise.withResolvers<number>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => asked.resolve(0));
  if (options.exitWithParent) process.stdin.once('close', () => asked.resolve(0)).resume();
  console.log('ready');
  const exitCode = await Promise.race([asked.promise, pebble.shutdown]);
  await pebble.close();
  process.stdin.destroy();
  return exitCode;
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      socket: { type: 'string' },
      layers: { type: 'string' },
      root: { type: 'string' },
      env: { type: 'string', multiple: true, default: [] },
      hold: { type: 'boolean', default: false },
      'exit-with-parent': { type: 'boolean', default: false },
    },
  });
  const { socket, layers, root, env, hold, 'exit-with-parent': exitWithParent } = values;
  if (socket === undefined || layers === undefined) throw new OpsError('usage', usage);
  const environment = { ...process.env, ...Object.fromEntries(env.map(splitVariable)) };
  return { socketPath: socket, layersDir: layers, rootDir: root, environment, hold, exitWithParent };
}

function splitVariable(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new OpsError('usage', `cannot read --env ${text}: expected NAME=VALUE`);
  return [text.slice(0, at), text.slice(at + 1)];
}
