// Juju on a laptop: a controller in the background, and the calls that drive it.

export { call, SandboxError, type CallOptions } from './client/client.ts';
export { destroySandbox, resumeSandbox, startSandbox } from './client/sandbox.ts';
export type { ConfigOption, RunEvent, SandboxApi, WaitResult } from './controller/api.ts';
export type { LogLine } from './controller/store.ts';
export { sandboxDirectories, type SandboxDirectories } from './directories.ts';
export type { SandboxStatus } from './status/full-status.ts';
export { statusTable, type TableOptions } from './status/status-table.ts';
