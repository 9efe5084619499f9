// A unix socket to a program on the same machine, in the few words that the unit agent and Pebble need.

export interface LocalSocket {
  /** Sent in order. What the system does not take at once is kept; then the promise tells when it has gone, or never will. */
  write(bytes: Uint8Array): Promise<void> | undefined;
  /** Whether nothing can be sent any more. */
  readonly isOver: boolean;
  /** Nothing is read until `resume`. */
  pause(): void;
  resume(): void;
  /** Whether the process stays alive for the sake of this socket. */
  ref(): void;
  unref(): void;
  /** Nothing is told any more once it has been called. */
  close(): Promise<void>;
}

export interface LocalSocketListener {
  data(bytes: Uint8Array): void;
  /** Told once, when the other side has closed the socket or, with an error, when it broke. */
  end(error?: NodeJS.ErrnoException): void;
}

/** @param path of the socket; one that begins with NUL is abstract. @throws Error with the `code` of the system. */
export type OpenLocalSocket = (path: string, listener: LocalSocketListener) => Promise<LocalSocket>;
