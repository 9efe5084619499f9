// As much of Juju as it takes to run a charm and to kill it: hook commands over the agent's socket, whose changes count only when the
// hook has ended well.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { serveJujuc, type JujucServer } from '@charmed/sandbox/agent';

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  /** What the process printed. */
  readonly output: string;
  /** The hook commands as argv, in their order. */
  readonly commands: readonly (readonly string[])[];
  /** What reached juju-log, as `LEVEL message`. */
  readonly log: readonly string[];
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Kills the charm when it sends the command of this number, from 1, before there is an answer. */
  readonly killAtCommand?: number;
  /** What hook commands print, by command; others print nothing. */
  readonly answers?: Readonly<Record<string, string | { readonly code: number; readonly stderr: string }>>;
  /** The program, in place of ./dispatch. */
  readonly program?: readonly [string, ...string[]];
}

type Answer = NonNullable<RunOptions['answers']>[string];

interface Answered {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running extends RunOptions {
  pid: number | undefined;
  readonly ended: PromiseWithResolvers<void>;
  readonly commands: (readonly string[])[];
  readonly state: Map<string, string>;
}

export class SmallJuju implements AsyncDisposable {
  readonly #charm: string;
  readonly #socket: string;
  readonly #server: JujucServer;
  /** What `state-set` has stored, of hooks that ended well. */
  state: ReadonlyMap<string, string> = new Map();
  /** Modes of the files whose content was handed over. */
  readonly fileModes: number[] = [];
  #running: Running | undefined;

  private constructor(charm: string, socket: string, server: JujucServer) {
    this.#charm = charm;
    this.#socket = socket;
    this.#server = server;
  }

  /** @param charm its directory; the socket is beside it. */
  static async start(charm: string): Promise<SmallJuju> {
    const socketPath = join(charm, '../agent.socket');
    let juju: SmallJuju | undefined;
    const server = await serveJujuc({
      socketPath,
      handle: ({ command, args, stdin }) => juju?.handle(command, args, stdin) ?? { code: 1, stdout: '', stderr: '' },
    });
    juju = new SmallJuju(charm, socketPath, server);
    return juju;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }

  async run(path: string, options: RunOptions = {}): Promise<Ended> {
    const running: Running = {
      ...options,
      pid: undefined,
      ended: Promise.withResolvers(),
      commands: [],
      state: new Map(this.state),
    };
    this.#running = running;
    const [program, ...args] = options.program ?? ['./dispatch'];
    const child = spawn(program, args, {
      cwd: this.#charm,
      env: {
        PATH: '/usr/bin:/bin',
        JUJU_AGENT_SOCKET_ADDRESS: this.#socket,
        JUJU_AGENT_SOCKET_NETWORK: 'unix',
        JUJU_CHARM_DIR: this.#charm,
        JUJU_CONTEXT_ID: 'web/0-hook',
        JUJU_DISPATCH_PATH: path,
        JUJU_UNIT_NAME: 'web/0',
        JUJU_VERSION: '3.6.14',
        ...options.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 20_000,
    });
    running.pid = child.pid;
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    running.ended.resolve();
    if (child.exitCode === 0) this.state = running.state;
    const { commands } = running;
    const log = commands.filter(([command]) => command === 'juju-log').map(([, , level, , line]) => `${level} ${line}`);
    return { code: child.exitCode, signal: child.signalCode, output: stdout + stderr, commands, log };
  }

  handle(command: string, args: readonly string[], stdin: Uint8Array | undefined): Answered | Promise<Answered> {
    const running = this.#running;
    if (!running) throw new Error(`nothing runs, and there is ${command}`);
    running.commands.push([command, ...args]);
    if (running.commands.length === running.killAtCommand && running.pid) {
      process.kill(running.pid, 'SIGKILL');
      return running.ended.promise.then(() => answerOf('')); // which nobody hears
    }
    for (const arg of args) this.#readFile(arg);
    if (command === 'state-get') return answerOf(JSON.stringify(Object.fromEntries(running.state)));
    if (command === 'state-delete') running.state.delete(args[0] ?? '');
    if (command === 'state-set') {
      const values: Record<string, string> = JSON.parse(Buffer.from(stdin ?? []).toString());
      for (const [key, value] of Object.entries(values)) running.state.set(key, value);
    }
    return answerOf(running.answers?.[command] ?? '');
  }

  #readFile(arg: string): void {
    const path = /#file=(.*)$/s.exec(arg)?.[1];
    if (path === undefined) return;
    readFileSync(path);
    this.fileModes.push(statSync(path).mode & 0o777);
  }
}

function answerOf(answer: Answer): Answered {
  return typeof answer === 'string' ? { code: 0, stdout: answer, stderr: '' } : { stdout: '', ...answer };
}
