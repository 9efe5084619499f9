// The controller's protocol: one request per connection on a unix socket, as lines of JSON. The client sends {method, params}; the server
// answers with any number of {event} and then one {result} or {error}.

import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface Request {
  readonly method: string;
  readonly params: unknown;
}

export type Answer =
  | { readonly event: unknown }
  | { readonly result: unknown }
  | { readonly error: { readonly code: string; readonly message: string } };

export function send(socket: Socket, message: Request | Answer): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** Ends with the socket. @throws SyntaxError when what came is no message, or half of one. */
export async function* received<T extends Request | Answer>(socket: Socket): AsyncGenerator<T> {
  const reader = createInterface({ input: socket, crlfDelay: Infinity });
  socket.once('close', () => reader.close()); // of itself it only sees an end by the other side
  for await (const line of reader) yield JSON.parse(line) as T;
}
