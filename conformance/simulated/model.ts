// A Juju model in memory around one unit whose charm is under test. The other applications have no charm: their hooks succeed and do
// nothing, but for what a test does in their name.

import { runHookCommand } from '@charmed/sim/juju';
import {
  applyEffect,
  beginAction,
  beginHook,
  commitHook,
  emptyModel,
  failedEvent,
  failHook,
  finishAction,
  HookDraft,
  nextEvent,
  settle,
  type HookWorld,
  type ModelState,
  type UnitEvent,
} from '@charmed/sim/model';

const AT = '2030-01-02T03:04:05.000Z';
const EMPTY = emptyModel({ name: 'test', uuid: 'c9a3e6a4-6c3f-4d6b-8f5b-2f6f8a1d0b5e', version: '3.6.14' });

export class SimulatedModel {
  readonly #subject: string;
  readonly #log: string[] = [];
  // Ids that are the same in each run.
  readonly #world: HookWorld = {
    now: () => AT,
    secretId: () => `9m4e2mr0ui3e8a2${String((this.#secrets += 1)).padStart(4, '0')}0`,
  };
  #secrets = 0;
  #state: ModelState;

  /** @param subject the unit under test, such as `web/0`. */
  constructor(subject: string, state: ModelState = EMPTY) {
    this.#subject = subject;
    this.#state = state;
  }

  get state(): ModelState {
    return this.#state;
  }

  /** What the unit under test should do next, if anything. */
  get next(): UnitEvent | undefined {
    return this.#isThere ? nextEvent(this.#state, this.#subject) : undefined;
  }

  /** The hook of the unit under test that has failed and is to run again. */
  get failed(): UnitEvent | undefined {
    return this.#isThere ? failedEvent(this.#state, this.#subject) : undefined;
  }

  get #isThere(): boolean {
    return this.#state.units[this.#subject] !== undefined;
  }

  /** A command of a user; the other units deal with what follows from it. */
  change(command: (state: ModelState, at: string) => ModelState): void {
    this.#state = settle(command(this.#state, AT));
    this.#runOthers();
  }

  /** Runs hook commands in the name of another unit, each given as its words. Returns what they print. */
  act(unit: string, ...commands: readonly (readonly [command: string, ...args: string[]])[]): readonly string[] {
    const draft = this.begin(unit, { kind: 'update-status' });
    const printed = commands.map(([command, ...args]) => {
      const { code, stdout, stderr } = runHookCommand(draft, command, args);
      if (code !== 0) throw new Error(`${unit}: ${command} ${args.join(' ')}: ${stderr}`);
      return stdout.trim();
    });
    this.end(draft, 0);
    return printed;
  }

  begin(unit: string, event: UnitEvent): HookDraft {
    this.#state =
      event.kind === 'action' ? beginAction(this.#state, event.task, AT) : beginHook(this.#state, unit, event, AT);
    return new HookDraft(
      { unit, event, base: this.#state },
      {
        effect: (effect) => {
          this.#state = applyEffect(this.#state, unit, effect, AT);
        },
        log: (level, message) => this.#log.push(`${level} ${message}`),
      },
      this.#world,
    );
  }

  end(draft: HookDraft, code: number | null): void {
    const { unit, event } = draft.hook;
    if (event.kind === 'action') {
      const error = code === 0 ? undefined : `exit status ${code}`;
      const outcome = { results: draft.actionResults, failure: draft.actionFailure, error };
      this.#state = finishAction(this.#state, { ...draft.hook, task: event.task }, draft.changes(), outcome, AT);
    } else if (code === 0) {
      this.#state = commitHook(this.#state, draft.hook, draft.changes(), AT);
    } else {
      this.#state = failHook(this.#state, unit, AT);
    }
    this.#runOthers();
  }

  /** A user resolves the failed hook of the unit under test without running it again. */
  giveUp(): void {
    const { failed } = this;
    if (failed !== undefined) this.end(this.begin(this.#subject, failed), 0);
  }

  /** What has been logged since the last call, as `LEVEL message`. */
  takeLog(): readonly string[] {
    return this.#log.splice(0);
  }

  /** The unit under test goes through its pending events without a charm. */
  runWithoutCharm(): void {
    for (let event = this.next; event !== undefined; event = this.next) this.end(this.begin(this.#subject, event), 0);
  }

  #runOthers(): void {
    for (let busy = true; busy;) {
      busy = false;
      for (const unit of Object.keys(this.#state.units)) {
        const event = unit === this.#subject ? undefined : nextEvent(this.#state, unit);
        if (event === undefined) continue;
        busy = true;
        const draft = this.begin(unit, event);
        this.#state = commitHook(this.#state, draft.hook, draft.changes(), AT);
      }
    }
  }
}
