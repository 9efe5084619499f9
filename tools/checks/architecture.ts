// The architecture as data: which folder may use which, and which package. layers.ts holds the code against it.

/** Folders and files of packages/ops/src. A line may use the lines below it; names on one line may not use each other. */
export const opsLayers = `
main
run | io | testing
charm
events
framework | model
hookcmds | pebble
juju | meta
operations
log | errors | version
`;

/** Files of packages/ops/src that only re-export: the package's faces to users and to our own packages. */
export const opsDoors: readonly string[] = ['index', 'internal', 'hook-commands', 'pebble-client'];

/** Where packages/ops/src may import Node's own modules: anything in `io`, and what is named elsewhere. */
export const opsBuiltins: Readonly<Record<string, readonly string[] | 'any'>> = {
  io: 'any',
  operations: ['AsyncLocalStorage'],
};

/** Which of our packages each one may depend on. */
export const packageDependencies: Readonly<Record<string, readonly string[]>> = {
  '@charmed/ops': [],
  '@charmed/sim': ['@charmed/ops'],
  '@charmed/testing': ['@charmed/ops', '@charmed/sim'],
  '@charmed/sandbox': ['@charmed/ops', '@charmed/sim'],
  '@charmed/cli': ['@charmed/ops', '@charmed/sim', '@charmed/sandbox'],
};
