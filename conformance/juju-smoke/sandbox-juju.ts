#!/usr/bin/env node
// A `juju` for the test of the smoke test: its commands are carried out by the sandbox, and what it was called with is recorded. It knows
// what the smoke test uses, and no more. A controller named `machines` has machines, any other Kubernetes.

import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { call, sandboxDirectories } from '@charmed/sandbox';
import { program } from '../../packages/cli/src/program.ts';

const DIRECTORY = process.env['SANDBOX_JUJU_DIR'] ?? '';
const MODELS = join(DIRECTORY, 'models');

const argv = process.argv.slice(2);
appendFileSync(join(DIRECTORY, 'calls'), `${JSON.stringify(argv)}\n`);
mkdirSync(MODELS, { recursive: true });
const [command = '', ...rest] = argv;
process.exitCode = await run();

async function run(): Promise<number> {
  // Behind the target everything is for the program that runs there.
  if (command === 'ssh') return here(rest.slice(rest.indexOf('sh')));
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    strict: false,
    options: {
      model: { type: 'string' },
      controller: { type: 'string' },
      format: { type: 'string' },
      path: { type: 'string' },
      resource: { type: 'string', multiple: true },
      'num-units': { type: 'string' },
      include: { type: 'string' },
      limit: { type: 'string' },
    },
  });
  const model = String(values.model ?? positionals[0] ?? '').replace(/^.*:/, '');
  const sandbox = async (...args: readonly string[]) => await charmed('sandbox', '--model', model, ...args);
  switch (command) {
    case 'version':
      return print('3.6.0-sandbox');
    case 'show-controller':
      return print(
        Object.fromEntries(
          positionals.map((name) => [name, { details: { 'agent-version': '3.6.0', cloud: 'sandbox' } }]),
        ),
      );
    case 'add-model':
      mkdirSync(join(MODELS, `${positionals[0]}@${String(values.controller)}`));
      return 0;
    case 'show-model': {
      const isMachines = readdirSync(MODELS).includes(`${model}@machines`);
      return print({ [model]: { 'model-type': isMachines ? 'iaas' : 'caas' } });
    }
    case 'destroy-model':
      for (const name of readdirSync(MODELS))
        if (name.startsWith(model)) rmSync(join(MODELS, name), { recursive: true });
      return sandbox('destroy');
    case 'status':
      return values.format === 'json' ? print(await statusOf(model)) : sandbox('status');
    case 'deploy':
      return sandbox('deploy', ...positionals, '--num-units', String(values['num-units']), '--retry-delay', '1');
    case 'refresh':
      return sandbox('refresh', ...positionals, String(values.path));
    case 'debug-log':
      return sandbox('debug-log');
    default:
      return sandbox(command, ...positionals);
  }
}

function here([name = '', ...args]: readonly string[]): number {
  return spawnSync(name, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1;
}

async function charmed(...args: readonly string[]): Promise<number> {
  try {
    await (await program(args)).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    console.error(`ERROR ${(error as Error).message}`);
    return 1;
  }
}

/** Of a model without a sandbox nothing is told yet. */
async function statusOf(model: string): Promise<unknown> {
  return await call(sandboxDirectories(model, process.env), 'status', null).catch(() => ({ applications: {} }));
}

function print(value: unknown): number {
  console.log(typeof value === 'string' ? value : JSON.stringify(value));
  return 0;
}
