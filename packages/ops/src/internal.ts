// The door for our own packages: what sim, testing, sandbox and cli need and charms do not.

export { OpsError, reasonOf } from './errors.ts';
export type { HookCommandOptions, HookCommandResult, HookRunner } from './hookcmds/runner.ts';
export type { MetaSource, OptionSource } from './meta/source.ts';
export type { ConfigValues } from './meta/types.ts';
export { charmMetaFrom } from './meta/charm-meta.ts';
export { run, type Ports } from './run.ts';
export type { EventHost } from './events/host.ts';
export { snapshotFrom } from './events/table.ts';
export type { Emission } from './framework/emissions.ts';
export type { Notice as StoredNotice, Store, StoreContents } from './framework/store.ts';
export { inCallOrder } from './hookcmds/in-call-order.ts';
export { CONSOLE_LEVELS } from './io/console.ts';
export { readMeta } from './io/meta-files.ts';
export { localFiles } from './io/local-files.ts';
export { jujuContextFrom, type JujuContext } from './juju/context.ts';
export { unixHttpTransport } from './io/unix-http.ts';
export { SecurityLog } from './juju/security-log.ts';
export { formatDuration, parseDuration } from './pebble/duration.ts';
export { agentSocketRunner, type AgentSocketOptions } from './io/agent-socket/runner.ts';
export { GobReader } from './io/agent-socket/gob/reader.ts';
export type { GobRecord } from './io/agent-socket/gob/types.ts';
export { GobWriter } from './io/agent-socket/gob/writer.ts';
export type { CommandRequest } from './io/agent-socket/rpc.ts';
export * as rpc from './io/agent-socket/rpc.ts';
export { readPickle } from './io/python-store/pickle.ts';
export type { PythonValue } from './io/python-store/python-value.ts';
export { yamlReader } from './io/python-store/yaml.ts';
