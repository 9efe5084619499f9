// An embedded Pebble: one engine, served over a unix socket, with real processes and real files.

export { killLeftovers, PebbleRunsError, stateFileOf } from './backend/leftovers.ts';
export { MemoryPebble, type MemoryPebbleOptions } from './memory/pebble.ts';
export { SpawnError } from './engine/process.ts';
export type { ExecCall, ExecOutcome, ExecScript, PlayedService, ServiceScript } from './memory/processes.ts';
export { type PebbleHandle, type PebbleOptions, startPebble } from './start.ts';
