// A sandbox of a test's own, with short retries, that leaves nothing behind.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  call,
  destroySandbox,
  sandboxDirectories,
  startSandbox,
  type CallOptions,
  type LogLine,
  type SandboxApi,
  type SandboxDirectories,
  type SandboxStatus,
} from '@charmed/sandbox';
import { pidsOf, stateOf } from './processes.ts';
import { packShellCharm, type ShellCharm } from './shell-charm.ts';

const DEADLINE_MS = 60_000;

export class TestSandbox implements AsyncDisposable {
  readonly directories: SandboxDirectories;
  readonly #directory: string;

  private constructor() {
    this.#directory = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
    this.directories = sandboxDirectories('test', { CHARMED_SANDBOX_DIR: this.#directory });
  }

  static async start(): Promise<TestSandbox> {
    const sandbox = new TestSandbox();
    await sandbox.startController();
    return sandbox;
  }

  async startController(): Promise<void> {
    await startSandbox('test', this.directories);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await destroySandbox(this.directories);
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async call<M extends keyof SandboxApi>(
    method: M,
    params: SandboxApi[M]['params'],
    options?: CallOptions<M>,
  ): Promise<SandboxApi[M]['result']> {
    return await call(this.directories, method, params, options);
  }

  async deploy(charm: ShellCharm, options: Partial<SandboxApi['deploy']['params']> = {}): Promise<void> {
    const path = join(this.#directory, `${charm.metadata.name}.charm`);
    await packShellCharm(path, charm);
    await this.call('deploy', {
      charm: path,
      name: undefined,
      config: {},
      units: 1,
      resources: {},
      retryDelayMs: 50,
      ...options,
    });
  }

  controllers(): readonly number[] {
    return pidsOf('controller/main', this.directories.state);
  }

  /** As `kill -9` does; returns when it is dead. */
  async killController(): Promise<void> {
    for (const pid of this.controllers()) process.kill(pid, 'SIGKILL');
    await until('the controller is dead', async () => this.controllers().length === 0);
  }

  /** The controller stands still from now on, until it is killed. */
  async freezeController(): Promise<void> {
    for (const pid of this.controllers()) process.kill(pid, 'SIGSTOP');
    await until('the controller stands still', async () => this.controllers().every((pid) => stateOf(pid) === 'T'));
  }

  async destroy(): Promise<void> {
    await destroySandbox(this.directories);
  }

  async status(): Promise<SandboxStatus> {
    return await this.call('status', null);
  }

  /** Of one unit: `active: ready`. */
  async workload(unit: string): Promise<string> {
    const application = unit.slice(0, unit.indexOf('/'));
    const status = (await this.status()).applications[application]?.units[unit]?.['workload-status'];
    return status === undefined ? 'gone' : `${status.current}: ${status.message ?? ''}`;
  }

  async untilWorkload(unit: string, expected: string): Promise<void> {
    await until(
      `${unit} is "${expected}"`,
      async () => (await this.workload(unit)) === expected,
      async () => await this.workload(unit),
    );
  }

  async untilActive(): Promise<void> {
    const { ready, reasons } = await this.call('wait', { applications: [], timeoutMs: DEADLINE_MS });
    assert.ok(ready, reasons.join('\n'));
  }

  /** Waits for the end of a unit's start hook, after which it is idle until something happens to it. */
  async untilStarted(unit: string): Promise<void> {
    await until(`${unit} has started`, async () => (await this.ran(unit)).includes('start'));
  }

  /** The hooks and actions that have run for a unit, in order. */
  async ran(unit: string): Promise<readonly string[]> {
    const lines: LogLine[] = [];
    const params = { limit: 10_000, follow: false, units: [unit] };
    await this.call('log', params, { onEvent: (line) => lines.push(line) });
    return lines.flatMap(({ message }) => /^ran "(.*?)"/.exec(message)?.[1] ?? []);
  }
}

/** Asks again and again until it holds. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  found: () => Promise<string> = async () => '',
): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `in time: ${what}; it is "${await found()}"`);
    await delay(50);
  }
}
