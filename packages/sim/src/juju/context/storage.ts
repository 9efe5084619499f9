// The storage of a hook's unit.

export interface StorageAttachment {
  readonly kind: 'filesystem' | 'block';
  /** Where it is mounted, or the device. */
  readonly location: string;
}

export interface StorageContext {
  /** The one that the hook is about, such as `data/0`. */
  readonly current: string | undefined;
  /** The ids of all that are, or will be, attached. */
  ids(): readonly string[];
  /** @throws HookContextError when the unit has no such storage, or it is not there yet. */
  get(id: string): StorageAttachment;
  /** Asks for more of a storage. Happens when the hook succeeds, which fails if the charm or its limits do not allow it. */
  add(name: string, count: number): void;
}
