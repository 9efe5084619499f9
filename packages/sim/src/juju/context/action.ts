// The action that runs, if it is one.

export interface ActionContext {
  /** With defaults. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Delivered when the action ends, also if it fails. @param key in dotted form. */
  setResult(key: string, value: string): void;
  /** Marks the action as failed, with this message. */
  fail(message: string): void;
  /** Visible at once. */
  log(message: string): void;
}
