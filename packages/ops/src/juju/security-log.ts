// Security events in the unit's log, as ops writes them (SEC0045, in the words of OWASP's logging vocabulary): JSON at level TRACE.

import { textOf } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { JujuContext } from './context.ts';

export interface SecurityLogOptions {
  readonly logger: Logger;
  readonly context: JujuContext;
  /** Numeric id of the user who runs the charm. */
  readonly uid: number;
}

/** OWASP's levels, which are not those of Juju. */
type SecurityLevel = 'CRITICAL' | 'INFO' | 'WARN';

export class SecurityLog {
  readonly #logger: Logger;
  readonly #appId: string;
  readonly #uid: number;

  constructor({ logger, context, uid }: SecurityLogOptions) {
    this.#logger = logger;
    this.#appId = `${context.modelUuid}-${context.unitName}`;
    this.#uid = uid;
  }

  /** @param what was attempted: the name of a hook command. */
  authorizationFailed(what: string, description: string): void {
    this.#write('CRITICAL', `authz_fail:${what}`, description);
  }

  crashed(error: unknown): void {
    const name = error instanceof Error ? error.name : typeof error;
    this.#write('WARN', `sys_crash:${name}`, `Uncaught exception in charm code: ${textOf(error)}.`);
  }

  restarting(what: string): void {
    this.#write('WARN', `sys_restart:${this.#uid}`, `Rebooting ${what}`);
  }

  checkStopped(check: string): void {
    this.#write('WARN', `sys_monitor_disabled:${this.#uid},${check}`, `Stopped check ${check}`);
  }

  #write(level: SecurityLevel, event: string, description: string): void {
    const datetime = new Date().toISOString().replace('Z', '+00:00');
    const entry = { datetime, level, type: 'security', appid: this.#appId, event, description };
    this.#logger.log('TRACE', JSON.stringify(entry));
  }
}
