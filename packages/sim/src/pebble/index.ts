// An embedded Pebble: one engine, served over a unix socket, with real processes and real files.

export { killLeftovers, PebbleRunsError, stateFileOf } from './backend/leftovers.ts';
export { LayerError } from './engine/errors.ts';
export { type PebbleHandle, type PebbleOptions, startPebble } from './start.ts';
