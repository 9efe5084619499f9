// The relations of a hook's unit.

export type Settings = Readonly<Record<string, string>>;

export interface HookRelation {
  readonly id: number;
  readonly endpoint: string;
  /** The application on the other side; our own for peers. */
  readonly remoteApplication: string;
  /** Remote units, or the other peers, by name. */
  readonly units: readonly string[];
  /** Of the model that the other side is in. */
  readonly modelUuid: string;
}

/** The relation that the hook is about. */
export interface CurrentRelation {
  readonly id: number;
  readonly remoteUnit: string | undefined;
  readonly remoteApplication: string;
}

export interface RelationContext {
  readonly current: CurrentRelation | undefined;
  /** Ids of the endpoint's relations; none for an unknown endpoint. */
  ids(endpoint: string): readonly number[];
  get(id: number): HookRelation | undefined;
  /** @param member a unit or an application. `undefined` when it is not, and never was, in the relation. */
  settings(id: number, member: string): Settings | undefined;
  /** Changes our unit's or, for a leader, our application's settings; an empty value deletes. Visible when the hook succeeds. */
  update(id: number, owner: 'unit' | 'application', changes: Settings): void;
}
