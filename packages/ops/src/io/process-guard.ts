// What a charm's process does however it ends: nothing logged is lost, and a hook that could not finish fails.

import type { JujuLog } from '../hookcmds/juju-log.ts';
import type { CrashReport } from './crash-report.ts';

export interface ProcessGuardOptions {
  readonly log: JujuLog;
  readonly crash: CrashReport;
  /** The handler that runs now, for the message when it never ends. */
  readonly running: () => string | undefined;
}

export class ProcessGuard {
  readonly #log: JujuLog;
  #done = false;

  constructor(options: ProcessGuardOptions) {
    this.#log = options.log;
    process.on('uncaughtException', (error) => {
      options.crash.write(error);
      this.#end();
    });
    // Nothing is left to wait for, and yet the dispatch has not ended: something awaits a promise that nobody settles.
    process.on('beforeExit', () => {
      if (this.#done) return;
      options.crash.stuck(`${options.running() ?? 'the charm'} awaits something that will never happen.`);
      this.#end();
    });
    // The charm may call process.exit() itself, or have something to say at the end.
    process.on('exit', () => this.#log.flushSync());
  }

  /** Ends the process with this code, naming what the charm left open. */
  async exit(code: number, close: () => Promise<void>): Promise<never> {
    await this.#log.flush();
    await closedHandles();
    const open = process.getActiveResourcesInfo().filter((kind) => LEFT_OPEN.has(kind));
    if (open.length > 0) {
      const kinds = [...new Set(open)].join(', ');
      this.#log.log('WARNING', `the charm left open: ${kinds}. They are closed now; end them in the handler.`);
    }
    await this.#log.flush();
    await close();
    this.#done = true;
    process.exit(code);
  }

  #end(): never {
    this.#log.flushSync();
    this.#done = true;
    process.exit(1);
  }
}

// The process of a hook command counts as open until the loop has come round to its closing phase, which is after the immediates.
async function closedHandles(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Kinds of handle that a charm can leave behind; our own socket is a pipe. */
const LEFT_OPEN: ReadonlySet<string> = new Set([
  'FSEventWrap',
  'ProcessWrap',
  'TCPServerWrap',
  'TCPSocketWrap',
  'Timeout',
  'UDPWrap',
  'Worker',
]);
