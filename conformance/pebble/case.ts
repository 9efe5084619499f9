// What a case of the suite is: steps, each a thing to do to a Pebble. What comes of them must be the same for both Pebbles.
// `$DIR` stands for a directory that is empty at first.

export interface Case {
  readonly name: string;
  readonly steps: readonly Step[];
}

export type Step = RequestStep | ExecStep | TreeStep | UntilStep;

/** One request; its status, headers that matter and body are compared. */
export interface RequestStep {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether to wait for the change that the answer names, and compare that too. */
  readonly wait?: boolean;
  /** Compares the status alone, of an answer that the real Pebble gives one way or the other. */
  readonly statusOnly?: boolean;
}

/** A command with its streams; output and change are compared. */
export interface ExecStep {
  readonly exec: object;
  readonly stdin?: string;
  /** Text frames for the control socket, once the command has printed something. */
  readonly control?: readonly string[];
}

/** The files below a directory: type, mode, size and content. */
export interface TreeStep {
  readonly tree: string;
}

/** Asks again and again until the answer has this text in it; whether it came is compared. */
export interface UntilStep {
  readonly until: string;
  readonly path: string;
}

export const get = (path: string, headers: Readonly<Record<string, string>> = {}): RequestStep => ({
  method: 'GET',
  path,
  headers,
});

export const post = (path: string, body: unknown): RequestStep => ({ method: 'POST', path, body });

/** Adds a layer. */
export const layer = (value: object | string, label = 'base', options: object = {}): RequestStep =>
  post('/v1/layers', {
    action: 'add',
    label,
    format: 'yaml',
    layer: typeof value === 'string' ? value : JSON.stringify(value),
    ...options,
  });

/** Changes services, and waits until that is done. */
export const services = (action: string, ...names: readonly string[]): RequestStep => ({
  ...post('/v1/services', { action, services: names }),
  wait: true,
});

/** A case of one request. */
export const one = (name: string, step: Step): Case => ({ name, steps: [step] });
