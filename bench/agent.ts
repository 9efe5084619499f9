// A unit agent that answers every hook command at once, and a directory with a charm of ours and one of Python's.

import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { serveJujuc } from '@charmed/sandbox/agent';
import { goClient, pythonWithOps } from './peers.ts';

const ANSWERS: Readonly<Record<string, string>> = { 'is-leader': 'true\n', 'config-get': '{}\n' };
const COMMANDS = ['config-get', 'is-leader', 'juju-log', 'status-get', 'status-set'];

/** A charm in TypeScript, and the same one in Python. */
export interface BenchCharm {
  readonly project: string;
  readonly python: string;
}

export const noop: BenchCharm = {
  project: join(import.meta.dirname, '../examples/noop-machine'),
  python: join(import.meta.dirname, 'python/charm.py'),
};

export const reconcile: BenchCharm = {
  project: join(import.meta.dirname, 'charms/reconcile'),
  python: join(import.meta.dirname, 'python/reconcile.py'),
};

export const deferring: BenchCharm = {
  project: join(import.meta.dirname, 'charms/deferring'),
  python: join(import.meta.dirname, 'python/deferring.py'),
};

export interface Agent extends AsyncDisposable {
  readonly socket: string;
  readonly directory: string;
  /** Directory with the Go client under the name of each hook command. */
  readonly tools: string;
  readonly environment: Readonly<Record<string, string>>;
}

export async function startAgent(): Promise<Agent> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-bench-'));
  const socket = join(directory, 'agent.socket');
  const handle = ({ command }: { readonly command: string }) => ({
    code: 0,
    stdout: ANSWERS[command] ?? '',
    stderr: '',
  });
  const server = await serveJujuc({ socketPath: socket, handle });
  const tools = join(directory, 'tools');
  mkdirSync(tools);
  for (const command of COMMANDS) symlinkSync(goClient(), join(tools, command));
  const environment = {
    PATH: `${tools}:/usr/bin:/bin`,
    JUJU_AGENT_SOCKET_ADDRESS: socket,
    JUJU_AGENT_SOCKET_NETWORK: 'unix',
    JUJU_CONTEXT_ID: 'noop/0-update-status',
    JUJU_DISPATCH_PATH: 'hooks/update-status',
    JUJU_HOOK_NAME: 'update-status',
    JUJU_MODEL_NAME: 'bench',
    JUJU_MODEL_UUID: '8e7a1c1e-0000-4000-8000-000000000001',
    JUJU_UNIT_NAME: 'noop/0',
    JUJU_VERSION: '3.6.11',
  };
  return {
    socket,
    directory,
    tools,
    environment,
    async [Symbol.asyncDispose]() {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The packed charm, unpacked as Juju does. */
export function unpackCharm(agent: Agent, { project }: BenchCharm): string {
  const charmed = join(import.meta.dirname, '../packages/cli/src/charmed.ts');
  const args = [
    '--conditions=@charmed/source',
    charmed,
    'pack',
    project,
    '--platform',
    'host',
    '--output',
    agent.directory,
  ];
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const target = join(agent.directory, 'charm');
  execFileSync('unzip', ['-q', join(agent.directory, `${basename(project)}_${architecture}.charm`), '-d', target]);
  return target;
}

/** The same charm on Python ops, and the Python to run it with. */
export function pythonCharm(
  agent: Agent,
  charm: BenchCharm,
): {
  readonly directory: string;
  readonly python: string;
  readonly version: string;
} {
  const directory = join(agent.directory, 'python');
  mkdirSync(join(directory, 'src'), { recursive: true });
  copyFileSync(charm.python, join(directory, 'src/charm.py'));
  writeFileSync(join(directory, 'metadata.yaml'), 'name: noop\nsummary: for measuring\ndescription: for measuring\n');
  return { directory, ...pythonWithOps() };
}

/** Runs a program to its end. @throws Error when it fails. */
export function runToEnd(
  command: readonly [string, ...string[]],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<void> {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))));
  });
}
