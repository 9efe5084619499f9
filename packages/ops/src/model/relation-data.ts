// One databag of a relation: what one unit or application tells the other side.

import { HookCommandError, RelationNotFoundError } from '../hookcmds/command-error.ts';
import { relationGet, relationSet } from '../hookcmds/relation.ts';
import type { Operation } from '../operations/operation.ts';
import { noteRead } from '../operations/reads.ts';
import { operation } from '../operations/start.ts';
import type { Backend } from './backend.ts';
import { RelationDataAccessError, RelationDataTypeError } from './errors.ts';
import type { Leadership } from './leadership.ts';

export type Settings = Readonly<Record<string, string>>;

export interface DatabagOptions {
  readonly backend: Backend;
  readonly leadership: Leadership;
  /** `endpoint:id`. */
  readonly relation: string;
  /** Name of the unit or application. */
  readonly owner: string;
  readonly app: boolean;
  /** Whether the data is our own application's on an endpoint that is not a peer's, which only the leader may read. */
  readonly leaderReads: boolean;
  /** Whether the owner is known to be in the relation. */
  readonly isMember: boolean;
}

/** Data that another unit or application published. */
export class RelationData {
  protected readonly options: DatabagOptions;

  constructor(options: DatabagOptions) {
    this.options = options;
  }

  /** All keys and values. Read once in a dispatch. @throws RelationDataAccessError when this unit may not see them. */
  all(): Operation<Settings> {
    return operation('relation.data.all', () => this.inTurn(() => this.read()));
  }

  get(key: string): Operation<string | undefined> {
    return operation('relation.data.get', () => this.inTurn(async () => valueAt(await this.read(), key)));
  }

  protected async read(): Promise<Settings> {
    const { backend, leadership, relation, owner, app, leaderReads } = this.options;
    noteRead('relation', relation.replace(/:\d+$/, ''));
    if (leaderReads && !(await leadership.isLeader())) {
      throw new RelationDataAccessError(
        `cannot read the data of ${owner} in relation ${relation}: only the leader sees its own application's data. Check unit.isLeader() first.`,
      );
    }
    return backend.cached(this.cacheKey(), () =>
      relationGet(backend.runner, { relation, app, member: owner }).catch((error: unknown) => this.#emptyIfGone(error)),
    );
  }

  protected inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.options.backend.inTurn(this.cacheKey(), work);
  }

  protected cacheKey(): string {
    return `data of ${this.options.owner} in ${this.options.relation}`;
  }

  // A relation that is gone has no data left; that is no reason to fail. One that only the controller has forgotten is denied, even to
  // those who are in it (ops: _ModelBackend._relation_is_gone).
  #emptyIfGone(error: unknown): Settings {
    const isDenied = error instanceof HookCommandError && error.code === 'permission-denied';
    if (error instanceof RelationNotFoundError || (isDenied && this.options.isMember)) return {};
    throw error;
  }
}

/** Data that this unit publishes, for itself or, as the leader, for its application. */
export class OwnRelationData extends RelationData {
  /** Sends what differs from what is there. @throws RelationDataAccessError for application data unless this unit leads. */
  update(values: Readonly<Record<string, string | undefined>>): Operation<void> {
    return operation('relation.data.update', () => this.inTurn(() => this.#write(values)));
  }

  set(key: string, value: string): Operation<void> {
    return operation('relation.data.set', () => this.inTurn(() => this.#write({ [key]: value })));
  }

  delete(key: string): Operation<void> {
    return operation('relation.data.delete', () => this.inTurn(() => this.#write({ [key]: undefined })));
  }

  async #write(values: Readonly<Record<string, string | undefined>>): Promise<void> {
    const { backend, leadership, relation, owner, app } = this.options;
    requireStrings(values, relation);
    if (app && !(await leadership.isLeader())) {
      throw new RelationDataAccessError(
        `cannot write the data of ${owner} in relation ${relation}: only the leader writes its application's data. Check unit.isLeader() first.`,
      );
    }
    const current = await this.read();
    const changes = Object.entries(values).filter(([key, value]) => (value ?? '') !== (valueAt(current, key) ?? ''));
    if (changes.length === 0) return;
    const sent = Object.fromEntries(changes.map(([key, value]) => [key, value ?? '']));
    await relationSet(backend.runner, sent, { relation, app });
    const now = Object.entries({ ...current, ...sent }).filter(([, value]) => value !== '');
    backend.remember(this.cacheKey(), Object.fromEntries(now));
  }
}

// Charms choose keys, and "constructor" is one like any other.
function valueAt(settings: Settings, key: string): string | undefined {
  return Object.hasOwn(settings, key) ? settings[key] : undefined;
}

function requireStrings(values: Readonly<Record<string, unknown>>, relation: string): void {
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || typeof value === 'string') continue;
    throw new RelationDataTypeError(
      `cannot write ${JSON.stringify(key)} in relation ${relation}: values are strings, got ${typeof value}. Use relation.save for typed values.`,
    );
  }
}
