// `@charmed/ops/pebble`: the Pebble client and its types.

export { ByteStream } from './byte-stream.ts';
export type { Change, Task } from './change.ts';
export type { GetChangesOptions, WaitOptions } from './changes.ts';
export type { CheckInfo, CheckLevel, GetChecksOptions, RefreshedCheck } from './checks.ts';
export { PebbleClient } from './client.ts';
export { combineLayers, saysTheSame } from './combine.ts';
export type { FileContent } from './content.ts';
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
export { formatDuration, parseDuration } from './duration.ts';
export type { ExecOptions, TerminalOptions, TerminalSize } from './exec.ts';
export { ExecProcess, type ExecOutput } from './exec-process.ts';
export type { ExecInput } from './exec-streams.ts';
export type { FileInfo, FileOwner, FileType, ListFilesOptions, MakeDirOptions, RemovePathOptions } from './files.ts';
export type { Identity, IdentityAccess } from './identities.ts';
export type { Check, Layer, LogTarget, Override, Plan, Service, ServiceExit, ServiceStartup } from './layer.ts';
export { parseLayer, renderLayer } from './layer-text.ts';
export type { LogEntry, LogOptions } from './logs.ts';
export type { GetNoticesOptions, Notice, NoticeType, NotifyOptions, WaitNoticesOptions } from './notices.ts';
export type { AddLayerOptions } from './plan.ts';
export type { PullOptions } from './pull.ts';
export type { PushOptions } from './push.ts';
export type { ServiceInfo } from './services.ts';
export type { SystemInfo } from './system-info.ts';
export type { GetWarningsOptions, Warning } from './warnings.ts';
export type { PebbleRequest, PebbleResponse, PebbleSocket, PebbleTransport } from './transport.ts';
