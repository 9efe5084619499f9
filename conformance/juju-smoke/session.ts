// For tests: one run of the smoke test, with a `juju` of its own that the sandbox stands behind.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SOURCE_CONDITION } from '../../tools/checks/workspace.ts';
import { programs } from './juju.ts';
import type { Report } from './report.ts';

export interface Finished {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

export class Session implements Disposable {
  readonly directory: string = mkdtempSync(join(tmpdir(), 'juju-smoke-test-'));

  /** @param failing a command of juju that fails. */
  constructor(failing = 'none') {
    const real = `${process.execPath} --conditions=${SOURCE_CONDITION} ${join(import.meta.dirname, 'sandbox-juju.ts')}`;
    const script = `#!/bin/sh\n[ "$1" = ${failing} ] && echo 'ERROR no such luck' >&2 && exit 1\nexec ${real} "$@"\n`;
    writeFileSync(join(this.directory, 'juju'), script, { mode: 0o755 });
  }

  /** Without Node, which takes long to write and to expand; the charms find it on this machine. */
  async pack(...examples: readonly string[]): Promise<void> {
    const { charmed } = programs(new AbortController().signal);
    const options = ['--platform', 'host', '--runtime', process.execPath, '--output', this.directory];
    for (const example of examples) await charmed('pack', `examples/${example}`, ...options);
  }

  start(...args: readonly string[]): ChildProcess {
    const env = {
      PATH: `${this.directory}:/usr/bin:/bin`,
      HOME: this.directory,
      SANDBOX_JUJU_DIR: this.directory,
      CHARMED_SANDBOX_DIR: this.directory,
      NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
    };
    const options = ['--timeout', '120', '--charms', this.directory, '--report', this.#report()];
    const argv = [join(import.meta.dirname, 'main.ts'), ...options, ...args];
    return spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async run(...args: readonly string[]): Promise<Finished> {
    const child = this.start(...args);
    const read = async (stream: typeof child.stdout) => (stream ? await text(stream) : '');
    const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), read(child.stdout), read(child.stderr)]);
    return { code, stdout, stderr };
  }

  report(): Report {
    return JSON.parse(readFileSync(this.#report('report.json'), 'utf8')) as Report;
  }

  markdown(): string {
    return readFileSync(this.#report('report.md'), 'utf8');
  }

  /** Names of the commands of juju that ran. */
  calls(): readonly string[] {
    const file = join(this.directory, 'calls');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => (JSON.parse(line) as readonly string[])[0] ?? '');
  }

  /** Those that were not removed. */
  models(): readonly string[] {
    return readdirSync(join(this.directory, 'models'));
  }

  #report(...names: readonly string[]): string {
    return join(this.directory, 'report', ...names);
  }

  [Symbol.dispose](): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
