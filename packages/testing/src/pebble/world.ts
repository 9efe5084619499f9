// The containers of a run, each with a Pebble in memory from its first request on.

import { PebbleConnectionError, type PebbleTransport } from '@charmed/ops/pebble';
import type { ExecArgs } from '../run/exec-args.ts';
import type { Recording } from '../run/recording.ts';
import type { Container } from '../state/container.ts';
import { NotInStateError } from '../state/errors.ts';
import { ContainerDraft, type ContainerSurroundings } from './container-draft.ts';
import type { ExecObserver } from './exec-script.ts';

export class PebbleWorld {
  /** What was probably not meant. */
  readonly warnings: string[] = [];
  readonly #containers: readonly Container[];
  readonly #surroundings: (container: string) => Omit<ContainerSurroundings, keyof ExecObserver>;
  readonly #drafts = new Map<string, ContainerDraft>();
  readonly #execHistory: Record<string, ExecArgs[]> = {};

  /** @param surroundings of each container. Default: no check fails in it. */
  constructor(
    containers: readonly Container[],
    surroundings: (container: string) => Omit<ContainerSurroundings, keyof ExecObserver> = () => ({}),
  ) {
    this.#containers = containers;
    this.#surroundings = surroundings;
  }

  transport(name: string): PebbleTransport {
    return {
      request: async (request) => this.#draft(name).transport.request(request),
      websocket: async (path, signal) => this.#draft(name).transport.websocket(path, signal),
      close: () => Promise.resolve(),
    };
  }

  get execHistory(): Recording['execHistory'] {
    return this.#execHistory;
  }

  /** The containers after the run; `undefined` if the charm has talked to none. */
  async containers(): Promise<readonly Container[] | undefined> {
    if (this.#drafts.size === 0) return undefined;
    return Promise.all(this.#containers.map(async (each) => (await this.#drafts.get(each.name)?.end()) ?? each));
  }

  #draft(name: string): ContainerDraft {
    const known = this.#drafts.get(name);
    if (known) return known;
    const container = this.#containers.find((each) => each.name === name);
    if (!container) {
      const names = this.#containers.map((each) => each.name);
      throw new NotInStateError(`container ${name}, which the charm has asked`, names);
    }
    if (!container.canConnect) {
      throw new PebbleConnectionError(
        `cannot connect to Pebble in container ${name}: the state has it without canConnect`,
      );
    }
    const history = (this.#execHistory[name] ??= []);
    const draft = new ContainerDraft(container, {
      ...this.#surroundings(name),
      onExec: (args) => void history.push(args),
      onDoubt: (warning) => void this.warnings.push(warning),
    });
    this.#drafts.set(name, draft);
    return draft;
  }
}
