// A unix socket on the handle that `node:net` is built on, without `node:net`. It is an inside of Node, which the Node that a charm
// carries has; where another one has not, there is `node:net`.

import type { LocalSocket, LocalSocketListener, OpenLocalSocket } from './socket.ts';

interface PipeHandle {
  onread: (buffer: ArrayBuffer | undefined) => void;
  connect(request: ConnectRequest, path: string): number;
  readStart(): number;
  readStop(): number;
  writeBuffer(request: WriteRequest, bytes: Uint8Array): number;
  ref(): void;
  unref(): void;
  close(done: () => void): void;
}

interface ConnectRequest {
  oncomplete: (status: number) => void;
}

interface WriteRequest extends ConnectRequest {
  /** Keeps what is being written alive. */
  bytes?: Uint8Array;
}

interface Handles {
  readonly Pipe: new (kind: number) => PipeHandle;
  readonly PipeConnectWrap: new () => ConnectRequest;
  readonly constants: { readonly SOCKET: number };
  readonly WriteWrap: new () => WriteRequest;
  /** Where Node says how the last read or write went. */
  readonly streamBaseState: Int32Array;
  readonly kReadBytesOrError: number;
  readonly kArrayBufferOffset: number;
  readonly kLastWriteWasAsync: number;
}

const END_OF_FILE = -4095;

const handles = handlesOfNode();

/** `undefined` where Node has no such handle. */
export const openPipeSocket: OpenLocalSocket | undefined =
  handles && ((path, listener) => PipeSocket.open(handles, path, listener));

function handlesOfNode(): Handles | undefined {
  const { binding } = process as { readonly binding?: (name: string) => Partial<Handles> };
  try {
    const found = { ...binding?.call(process, 'pipe_wrap'), ...binding?.call(process, 'stream_wrap') };
    return found.Pipe && found.PipeConnectWrap && found.WriteWrap && found.streamBaseState
      ? (found as Handles)
      : undefined;
  } catch {
    return undefined;
  }
}

class PipeSocket implements LocalSocket {
  readonly #handles: Handles;
  readonly #pipe: PipeHandle;
  readonly #listener: LocalSocketListener;
  #isOver = false;
  #isPaused = false;
  #writeError: NodeJS.ErrnoException | undefined;
  #closed: Promise<void> | undefined;

  private constructor(nodes: Handles, pipe: PipeHandle, listener: LocalSocketListener) {
    this.#handles = nodes;
    this.#pipe = pipe;
    this.#listener = listener;
    pipe.onread = (buffer) => this.#read(buffer);
    this.#checkRead(pipe.readStart());
  }

  static async open(nodes: Handles, path: string, listener: LocalSocketListener): Promise<PipeSocket> {
    const pipe = new nodes.Pipe(nodes.constants.SOCKET);
    const request = new nodes.PipeConnectWrap();
    const { promise, resolve } = Promise.withResolvers<number>();
    request.oncomplete = resolve;
    const status = pipe.connect(request, path) || (await promise);
    if (status === 0) return new PipeSocket(nodes, pipe, listener);
    await new Promise<void>((done) => pipe.close(done));
    throw systemError(`connect ${path}`, status);
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.isOver) return undefined;
    const { WriteWrap, streamBaseState, kLastWriteWasAsync } = this.#handles;
    const request = new WriteWrap();
    request.bytes = bytes;
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    request.oncomplete = (status) => {
      this.#checkWrite(status);
      resolve();
    };
    const status = this.#pipe.writeBuffer(request, bytes);
    const isAsync = status === 0 && streamBaseState[kLastWriteWasAsync] !== 0;
    this.#checkWrite(status);
    return isAsync ? gone : undefined;
  }

  get isOver(): boolean {
    return this.#isOver || this.#writeError !== undefined;
  }

  pause(): void {
    if (this.#isOver || this.#isPaused) return;
    this.#isPaused = true;
    this.#pipe.readStop();
  }

  resume(): void {
    if (this.#isOver || !this.#isPaused) return;
    this.#isPaused = false;
    this.#checkRead(this.#pipe.readStart());
  }

  ref(): void {
    this.#pipe.ref();
  }

  unref(): void {
    this.#pipe.unref();
  }

  close(): Promise<void> {
    this.#isOver = true;
    this.#closed ??= new Promise((done) => {
      this.#pipe.ref();
      this.#pipe.close(done);
    });
    return this.#closed;
  }

  #read(buffer: ArrayBuffer | undefined): void {
    const { streamBaseState, kReadBytesOrError, kArrayBufferOffset } = this.#handles;
    const [length = 0, offset = 0] = [streamBaseState[kReadBytesOrError], streamBaseState[kArrayBufferOffset]];
    if (this.#isOver) return;
    if (length === END_OF_FILE) this.#end();
    else if (length < 0) this.#checkRead(length);
    else if (buffer && length > 0) this.#listener.data(new Uint8Array(buffer, offset, length));
  }

  #checkRead(status: number): void {
    if (status < 0) this.#end(systemError('read', status));
  }

  // The other side may have answered before it closed the socket: what there is to read is read to its end.
  #checkWrite(status: number): void {
    if (status >= 0 || this.#isOver) return;
    this.#writeError ??= systemError('write', status);
    this.resume();
  }

  #end(error?: NodeJS.ErrnoException): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener.end(this.#writeError ?? error);
  }
}

function systemError(call: string, status: number): NodeJS.ErrnoException {
  const code = process.getBuiltinModule('node:util').getSystemErrorName(status);
  return Object.assign(new Error(`${call}: ${code}`), { code });
}
