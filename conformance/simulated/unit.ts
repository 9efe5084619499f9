// The unit under test: its charm runs as a real process, Python or TypeScript, with its hook commands answered by the simulated model,
// over the agent's socket or by executables that call it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import type { MetaSource } from '@charmed/ops/internal';
import { serveJujuc } from '@charmed/sandbox/agent';
import { hookCommandNames, runHookCommand } from '@charmed/sim/juju';
import { dispatchPath, hookEnvironment, type UnitEvent } from '@charmed/sim/model';
import { peerPath, PEERS_DIRECTORY } from '../peers.ts';
import type { SimulatedModel } from './model.ts';

const DEADLINE_MS = 60_000;
const NODE_COMPILE_CACHE = join(PEERS_DIRECTORY, 'node');

/** One hook command that the charm ran. */
export interface Call {
  readonly command: string;
  /** With the content of the files that they name for secrets. */
  readonly args: readonly string[];
  readonly stdin: string | undefined;
  readonly code: number;
}

export interface Dispatch {
  /** Such as `hooks/config-changed`. */
  readonly path: string;
  readonly code: number | null;
  readonly calls: readonly Call[];
  /** What reached juju-log, as `LEVEL message`. */
  readonly log: readonly string[];
  readonly stderr: string;
}

export class SimulatedUnit {
  readonly name: string;
  readonly model: SimulatedModel;
  /** The unpacked charm. */
  readonly charmDir: string;
  readonly #directory: string;

  /** @param name such as `web/0`. */
  constructor(t: TestContext, model: SimulatedModel, name: string, meta: MetaSource) {
    this.name = name;
    this.model = model;
    this.#directory = mkdtempSync(join(tmpdir(), 'charmed-unit-'));
    t.after(() => rmSync(this.#directory, { recursive: true }));
    this.charmDir = join(this.#directory, 'charm');
    mkdirSync(this.charmDir);
    mkdirSync(this.#tools);
    for (const command of hookCommandNames) symlinkSync(peerPath('hook-command'), join(this.#tools, command));
    this.writeMeta(meta);
  }

  /** As a packed charm has it: three files. JSON is YAML. */
  writeMeta({ config, actions, ...metadata }: MetaSource): void {
    const files = { metadata: { summary: '', description: '', ...metadata }, config, actions };
    for (const [name, content] of Object.entries(files)) {
      if (content !== undefined) writeFileSync(join(this.charmDir, `${name}.yaml`), JSON.stringify(content));
    }
  }

  /** @param charm the file of a charm, in Python or TypeScript. */
  async dispatch(charm: string, event: UnitEvent): Promise<Dispatch> {
    const draft = this.model.begin(this.name, event);
    const calls: Call[] = [];
    const server = await serveJujuc({
      socketPath: this.#socket,
      handle: ({ command, args, stdin: bytes, dir }) => {
        const stdin = bytes && Buffer.from(bytes).toString();
        const given = args.map(withContent); // before the files are gone
        const result = runHookCommand(draft, command, args, { stdin, dir });
        if (command !== 'juju-log') calls.push({ command, args: given, stdin, code: result.code });
        return result;
      },
    });
    try {
      const ended = await this.#run(charm, event);
      this.model.end(draft, ended.code);
      return { path: dispatchPath(event), calls, log: this.model.takeLog(), ...ended };
    } finally {
      await server.close();
    }
  }

  async #run(charm: string, event: UnitEvent): Promise<{ readonly code: number | null; readonly stderr: string }> {
    const paths = {
      charmDir: this.charmDir,
      toolsDir: this.#tools,
      socket: this.#socket,
      contextId: `${this.name}-${event.kind}`,
    };
    const [program, ...args] = interpreterOf(charm);
    const child = spawn(program, [...args, charm], {
      cwd: this.charmDir,
      // Like Python, Node then keeps what it has compiled, which is most of the time that a dispatch from source takes.
      env: { ...hookEnvironment(this.model.state, this.name, event, paths), NODE_COMPILE_CACHE },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: DEADLINE_MS,
    });
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
    return { code: child.exitCode, stderr };
  }

  get #socket(): string {
    return join(this.#directory, 'agent.socket');
  }

  get #tools(): string {
    return join(this.#directory, 'tools');
  }
}

/** The words of secrets are in files: `key#file=path`. */
function withContent(word: string): string {
  const [, key, path] = /^([a-z][a-z0-9-]*)#file=(.+)$/s.exec(word) ?? [];
  return key === undefined || path === undefined ? word : `${key}=${readFileSync(path, 'utf8')}`;
}

function interpreterOf(charm: string): readonly [string, ...string[]] {
  if (charm.endsWith('.py')) return [peerPath('python'), '-B'];
  return [process.execPath, '--conditions=@charmed/source', '--disable-warning=ExperimentalWarning'];
}
