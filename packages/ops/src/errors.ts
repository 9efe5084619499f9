// The base classes of what this library throws. Subclasses live beside the code that throws them.

/** Thrown by this library. `code` is stable across releases; messages are not. */
export class OpsError extends Error {
  /** A stable, machine-readable name of what went wrong, such as `relation-not-found`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Something about the Juju model is not as the charm expects, or Juju refused a command. */
export class ModelError extends OpsError {}

/** The text of anything thrown, for use inside another message. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : textOf(thrown);
}

/** Anything thrown as text, which it may refuse to be. */
export function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'something that has no text';
  }
}
