// `@charmed/ops/pebble`: the Pebble client and its types. A charm has it by its containers; others by a socket:
// `new PebbleClient(unixHttpTransport(path))`.

export { ByteStream } from './pebble/byte-stream.ts';
export type { Change, Task } from './pebble/change.ts';
export type { GetChangesOptions, WaitOptions } from './pebble/changes.ts';
export type { CheckInfo, CheckLevel, GetChecksOptions, RefreshCheckOptions, RefreshedCheck } from './pebble/checks.ts';
export { PebbleClient } from './pebble/client.ts';
export type { FileContent } from './pebble/content.ts';
export {
  PebbleAPIError,
  PebbleChangeError,
  PebbleConnectionError,
  PebbleError,
  PebbleExecError,
  PebblePathError,
  PebbleProtocolError,
  PebbleTimeoutError,
} from './pebble/errors.ts';
export { formatDuration, parseDuration } from './pebble/duration.ts';
export type { ExecOptions, TerminalOptions, TerminalSize } from './pebble/exec.ts';
export { ExecProcess, type ExecOutput } from './pebble/exec-process.ts';
export type { ExecInput } from './pebble/exec-streams.ts';
export type {
  FileInfo,
  FileOwner,
  FileType,
  ListFilesOptions,
  MakeDirOptions,
  RemovePathOptions,
} from './pebble/files.ts';
export type { Identity, IdentityAccess } from './pebble/identities.ts';
export type { Check, Layer, LogTarget, Override, Plan, Service, ServiceExit, ServiceStartup } from './pebble/layer.ts';
export { PebbleLayerError, type LayerProblem } from './pebble/layer-error.ts';
export { combineLayers, parseLayer, parsePlan, validateLayer, validatePlan } from './pebble/layer-values.ts';
export type { LogEntry, LogOptions } from './pebble/logs.ts';
export type { GetNoticesOptions, Notice, NoticeType, NotifyOptions, WaitNoticesOptions } from './pebble/notices.ts';
export type { AddLayerOptions } from './pebble/plan.ts';
export type { PullOptions } from './pebble/pull.ts';
export type { PushOptions } from './pebble/push.ts';
export { renderLayer } from './pebble/render-layer.ts';
export { saysTheSame } from './pebble/says-the-same.ts';
export type { ServiceInfo } from './pebble/services.ts';
export type { SystemInfo } from './pebble/system-info.ts';
export type { GetWarningsOptions, Warning } from './pebble/warnings.ts';
export type { PebbleRequest, PebbleResponse, PebbleSocket, PebbleTransport } from './pebble/transport.ts';
export { unixHttpTransport, type UnixHttpOptions } from './io/unix-http/unix-http.ts';
