// Where a charm stops for who debugs it with `juju debug-code`. A debugger is there only if the charm was started under one.

import { OpsError } from '../errors.ts';
import type { Logger } from '../log.ts';

/** What `--at` of `juju debug-code` means beside the names of breakpoints. */
const RESERVED: ReadonlySet<string> = new Set(['all', 'hook']);
const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

export class Breakpoints {
  readonly #wanted: ReadonlySet<string>;
  readonly #logger: Logger;

  /** @param wanted from JUJU_DEBUG_AT: names, `hook`, or `all`. */
  constructor(wanted: ReadonlySet<string>, logger: Logger) {
    this.#wanted = wanted;
    this.#logger = logger;
  }

  /** Whether handlers of what Juju dispatches stop. */
  get inHooks(): boolean {
    return this.#wanted.has('all') || this.#wanted.has('hook');
  }

  /** @throws OpsError `bad-breakpoint-name`. */
  isWanted(name: string | undefined): boolean {
    if (name !== undefined && (RESERVED.has(name) || !NAME.test(name))) {
      const advice = 'Names look like foo-bar, and "all" and "hook" have a meaning of their own.';
      throw new OpsError('bad-breakpoint-name', `cannot stop at ${JSON.stringify(name)}: ${advice}`);
    }
    if (this.#wanted.size === 0) return false;
    if (this.#wanted.has('all') || (name !== undefined && this.#wanted.has(name))) return true;
    const wanted = [...this.#wanted].join(', ');
    this.#logger.log('WARNING', `Breakpoint ${name ?? ''} skipped (not found in the requested breakpoints: ${wanted})`);
    return false;
  }
}
