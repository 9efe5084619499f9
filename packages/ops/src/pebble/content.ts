// What goes into a container: the content of a file, or the input of a command.

export type FileContent = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** The bytes of content that is there already and small, else `undefined`. */
export function smallBytesOf(content: FileContent): Uint8Array | undefined {
  const isThere = typeof content === 'string' || content instanceof Uint8Array;
  if (!isThere || content.length > CHUNK_BYTES) return undefined;
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

const CHUNK_BYTES = 64 * 1024;

/** The content in pieces, so that large ones move on in steps that can be seen. */
export async function* chunksOf(content: FileContent): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string' || content instanceof Uint8Array) yield* slices(content);
  else for await (const chunk of content) yield* slices(chunk);
}

function* slices(piece: string | Uint8Array): Generator<Uint8Array> {
  const bytes = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) yield bytes.subarray(start, start + CHUNK_BYTES);
}
