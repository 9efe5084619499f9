// `@charmed/ops/pebble`: the Pebble client and its types.

export type { Change, Task } from './change.ts';
export type { WaitOptions } from './changes.ts';
export { PebbleClient } from './client.ts';
export {
  PebbleAPIError,
  PebbleChangeError,
  PebbleConnectionError,
  PebbleError,
  PebbleExecError,
  PebblePathError,
  PebbleProtocolError,
  PebbleTimeoutError,
} from './errors.ts';
export { ExecProcess, type ExecOptions, type ExecOutput } from './exec.ts';
export {
  PulledFile,
  type FileContent,
  type FileInfo,
  type FileOwner,
  type FileType,
  type ListFilesOptions,
  type MakeDirOptions,
  type PushOptions,
} from './files.ts';
export type { Check, Layer, LogTarget, Override, Plan, Service, ServiceExit, ServiceStartup } from './layer.ts';
export type { AddLayerOptions } from './plan.ts';
export type { ServiceInfo } from './services.ts';
export type { SystemInfo } from './system-info.ts';
export type { PebbleRequest, PebbleResponse, PebbleSocket, PebbleTransport } from './transport.ts';
