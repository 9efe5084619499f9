// The store in the state that Juju keeps for the unit: it survives the loss of a pod, and is committed by Juju together with all that
// the hook changed.

import { OpsError, reasonOf } from '../errors.ts';
import type { LoadedContents, Store, StoreContents } from '../framework/store.ts';
import { HookCommandError } from '../hookcmds/command-error.ts';
import type { HookRunner } from '../hookcmds/runner.ts';
import { stateDelete, stateGet, stateSet } from '../hookcmds/state.ts';
import type { Logger } from '../log.ts';
import { contentsOf, entriesOf, isOurs, piecesOf, type Entry } from './juju-entries.ts';

/** Juju's default for `max-charm-state-size`, which it checks only when the hook has ended. */
const USUAL_QUOTA_BYTES = 2 * 1024 * 1024;

export class JujuStore implements Store {
  readonly #runner: HookRunner;
  readonly #logger: Logger;
  #values: Readonly<Record<string, string>> = {};

  constructor(runner: HookRunner, logger: Logger) {
    this.#runner = runner;
    this.#logger = logger;
  }

  async load(): Promise<LoadedContents> {
    this.#values = await stateGet(this.#runner);
    try {
      return contentsOf(this.#values);
    } catch (error) {
      if (error instanceof OpsError) throw error;
      throw new OpsError(
        'store-corrupt',
        `cannot read the state that Juju keeps for the unit: ${reasonOf(error)}. It was left as it is: look at it with 'juju exec --unit UNIT state-get', and delete what is broken with state-delete.`,
        { cause: error },
      );
    }
  }

  /** What changed, in one command; what is not used any more is deleted. */
  async commit(contents: StoreContents): Promise<void> {
    const entries = entriesOf(contents);
    const wanted = new Map(entries.flatMap(piecesOf));
    const changed = [...wanted].filter(([key, value]) => this.#values[key] !== value);
    this.#warnOfQuota(entries);
    try {
      if (changed.length > 0) await stateSet(this.#runner, Object.fromEntries(changed));
      for (const key of Object.keys(this.#values)) {
        if (isOurs(key) && !wanted.has(key)) await stateDelete(this.#runner, key);
      }
    } catch (error) {
      throw quotaError(error, entries);
    }
  }

  async close(): Promise<void> {}

  #warnOfQuota(entries: readonly Entry[]): void {
    const bytes = entries.reduce((sum, { text }) => sum + text.length, 0);
    if (bytes <= USUAL_QUOTA_BYTES) return;
    const advice = 'Juju refuses more than 2 MiB unless max-charm-state-size of the controller is higher.';
    this.#logger.log('WARNING', `The unit stores ${bytes} bytes. ${advice} ${largestOf(entries)}`);
  }
}

function quotaError(error: unknown, entries: readonly Entry[]): unknown {
  if (!(error instanceof HookCommandError) || !/quota/.test(error.stderr)) return error;
  return new OpsError(
    'store-quota',
    `cannot store state with Juju: ${error.stderr}. ${largestOf(entries)} Store less there, or keep it elsewhere.`,
    { cause: error },
  );
}

function largestOf(entries: readonly Entry[]): string {
  const largest = entries.toSorted((a, b) => b.text.length - a.text.length)[0];
  return largest ? `The largest entry is ${largest.name}, with ${largest.text.length} bytes.` : '';
}
