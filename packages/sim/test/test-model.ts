// A model whose units run hook commands, in hooks that a test begins and ends.

import { runHookCommand } from '@charmed/sim/juju';
import {
  applyEffect,
  beginAction,
  beginHook,
  commitHook,
  dueSecrets,
  emptyModel,
  failHook,
  finishAction,
  HookDraft,
  nextEvent,
  refusedChange,
  settle,
  type ModelState,
  type TaskState,
  type UnitEvent,
} from '@charmed/sim/model';

type Answer = ReturnType<typeof runHookCommand>;

export class TestModel {
  state: ModelState = emptyModel({
    name: 'test',
    uuid: '00000000-0000-4000-8000-000000000001',
    version: '3.6.11',
    cloud: { type: 'lxd', name: 'localhost' },
  });
  #now = Date.parse('2030-01-01T00:00:00Z');
  #secrets = 0;

  /** ISO 8601. */
  get now(): string {
    return new Date(this.#now).toISOString();
  }

  pass(ms: number): void {
    this.#now += ms;
    this.change((state) => dueSecrets(state, this.now));
  }

  /** A user's command. */
  change(command: (state: ModelState, at: string) => ModelState): void {
    this.state = settle(command(this.state, this.now));
  }

  begin(unit: string, event: UnitEvent = { kind: 'update-status' }): TestHook {
    this.change((state, at) =>
      event.kind === 'action' ? beginAction(state, event.task, at) : beginHook(state, unit, event, at),
    );
    let reboots = false;
    const sink = {
      effect: (effect: Parameters<typeof applyEffect>[2]) =>
        this.change((state, at) => applyEffect(state, unit, effect, at)),
      log: () => {},
      rebootNow: () => {
        reboots = true;
      },
    };
    const world = { now: () => this.now, secretId: () => `cvq${String((this.#secrets += 1)).padStart(16, '0')}g` };
    return new TestHook(this, new HookDraft({ unit, event, base: this.state }, sink, world), () => reboots);
  }

  /** Runs commands in a hook that succeeds, unless one of them fails. Returns what each prints. */
  hook(unit: string, ...commands: readonly string[]): string[] {
    const hook = this.begin(unit);
    const printed = commands.map((command) => hook.print(command));
    hook.succeed();
    return printed;
  }

  next(unit: string): UnitEvent | undefined {
    return nextEvent(this.state, unit);
  }

  /** Runs what is due for a unit, with hooks that do nothing. Returns what it was, in short. */
  settle(unit: string): string[] {
    const events: string[] = [];
    for (let event = this.next(unit); event !== undefined; event = this.next(unit)) {
      events.push(inShort(event));
      this.begin(unit, event).succeed();
      if (this.state.units[unit] === undefined) break;
    }
    return events;
  }
}

export class TestHook {
  readonly draft: HookDraft;
  readonly #model: TestModel;
  readonly #reboots: () => boolean;

  constructor(model: TestModel, draft: HookDraft, reboots: () => boolean) {
    this.#model = model;
    this.#reboots = reboots;
    this.draft = draft;
  }

  /** @param command words, separated by spaces. */
  run(command: string): Answer {
    const [name = '', ...args] = command.split(' ');
    return runHookCommand(this.draft, name, args);
  }

  /** What a command prints, without its last newline. @throws Error when it fails. */
  print(command: string): string {
    const { code, stdout, stderr } = this.run(command);
    if (code !== 0) throw new Error(`${command}: ${stderr}`);
    return stdout.trimEnd();
  }

  /** What a command complains of, without the `ERROR` before it. */
  refused(command: string): string {
    return this.run(command)
      .stderr.replace(/^ERROR /, '')
      .trimEnd();
  }

  /** Whether its charm is to be killed for a reboot. */
  get reboots(): boolean {
    return this.#reboots();
  }

  /** Why its changes will be refused; `undefined` when they will not. */
  get refusal(): string | undefined {
    return refusedChange(this.#model.state, this.draft.hook.unit, this.draft.changes());
  }

  succeed(): void {
    const { hook } = this.draft;
    this.#model.change((state, at) => commitHook(state, hook, this.draft.changes(), at));
  }

  fail(): void {
    this.#model.change((state, at) => failHook(state, this.draft.hook.unit, at));
  }

  /** The action has ended with this exit code. */
  finish(task: string): TaskState | undefined {
    const { actionResults: results, actionFailure: failure, hook } = this.draft;
    const outcome = { results, failure, error: undefined };
    this.#model.change((state, at) => finishAction(state, { ...hook, task }, this.draft.changes(), outcome, at));
    return this.#model.state.tasks[task];
  }
}

function inShort(event: UnitEvent): string {
  if ('secret' in event) return `${event.kind} ${event.label}/${event.revision}`;
  return 'storage' in event ? `${event.kind} ${event.storage}` : event.kind;
}
