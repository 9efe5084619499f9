// What V8 is told once a large body streams through. Its chunks live for a moment each, but while its young generation grows, V8 lets their
// memory pile up too: a GiB of them takes 40 MiB less when it does not grow.

const LARGE_BYTES = 8 * 1024 * 1024;

let isTold = false;

/** Counts the bytes of one body. */
export function largeBodyWatch(): (chunk: Uint8Array) => void {
  let size = 0;
  return (chunk) => {
    size += chunk.byteLength;
    if (isTold || size < LARGE_BYTES) return;
    isTold = true;
    process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1');
  };
}
