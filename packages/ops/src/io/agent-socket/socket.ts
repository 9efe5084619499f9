// The socket to the unit agent, in the few words that a connection needs.

export interface AgentSocket {
  /** Sent in order; the socket keeps what it cannot send at once. */
  write(bytes: Uint8Array): void;
  /** Whether the process stays alive for the sake of this socket. */
  ref(): void;
  unref(): void;
  /** Nothing is told any more once it has been called. */
  close(): Promise<void>;
}

export interface AgentSocketListener {
  data(bytes: Uint8Array): void;
  /** Told once, when the other side has closed the socket or, with an error, when it broke. */
  end(error?: NodeJS.ErrnoException): void;
}

/** @param path of the socket; one that begins with NUL is abstract. @throws Error with the `code` of the system. */
export type OpenAgentSocket = (path: string, listener: AgentSocketListener) => Promise<AgentSocket>;
