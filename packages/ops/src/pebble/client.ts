// The client of one container's Pebble: a method for each thing that its API does.

import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import { ByteStream } from './byte-stream.ts';
import type { Change } from './change.ts';
import { abortChange, getChange, getChanges, waitChange, type GetChangesOptions, type WaitOptions } from './changes.ts';
import {
  changeChecks,
  getChecks,
  refreshCheck,
  type CheckInfo,
  type GetChecksOptions,
  type RefreshCheckOptions,
  type RefreshedCheck,
} from './checks.ts';
import type { FileContent } from './content.ts';
import type { ExecOptions } from './exec.ts';
import { ExecProcess } from './exec-process.ts';
import {
  listFiles,
  makeDir,
  removePath,
  type FileInfo,
  type ListFilesOptions,
  type MakeDirOptions,
  type RemovePathOptions,
} from './files.ts';
import { isHealthy } from './health.ts';
import { getIdentities, removeIdentities, replaceIdentities, type Identity } from './identities.ts';
import type { Layer, Plan } from './layer.ts';
import { readLogs, type LogEntry, type LogOptions } from './logs.ts';
import { getMetrics } from './metrics.ts';
import {
  getNotice,
  getNotices,
  notify,
  waitNotices,
  type GetNoticesOptions,
  type Notice,
  type NoticeType,
  type NotifyOptions,
  type WaitNoticesOptions,
} from './notices.ts';
import { addLayer, getPlan, type AddLayerOptions } from './plan.ts';
import { pull, type PullOptions } from './pull.ts';
import { push, type PushOptions } from './push.ts';
import { changeServices, getServices, type ServiceInfo } from './services.ts';
import { sendSignal } from './signals.ts';
import { getSystemInfo, type SystemInfo } from './system-info.ts';
import type { PebbleTransport } from './transport.ts';
import { ackWarnings, getWarnings, type GetWarningsOptions, type Warning } from './warnings.ts';

/**
 * Talks to one Pebble. What goes wrong is a {@link PebbleError}: every method may throw {@link PebbleConnectionError},
 * {@link PebbleTimeoutError}, {@link PebbleProtocolError} and {@link PebbleAPIError}, and some throw others too.
 */
export class PebbleClient {
  readonly #transport: PebbleTransport;

  /** Nothing is connected before the first call. */
  constructor(transport: PebbleTransport) {
    this.#transport = transport;
  }

  getSystemInfo(): Operation<SystemInfo> {
    return operation('pebble.getSystemInfo', () => getSystemInfo(this.#transport));
  }

  /** Adds a layer on top of the plan. Text is YAML. Services are not touched before `replanServices`. */
  addLayer(label: string, layer: Layer | string, options?: AddLayerOptions): Operation<void> {
    return operation('pebble.addLayer', () => addLayer(this.#transport, label, layer, options));
  }

  /** All layers combined. */
  getPlan(): Operation<Plan> {
    return operation('pebble.getPlan', () => getPlan(this.#transport));
  }

  /** All services by name, or those of these names; unknown names are ignored. */
  getServices(names: readonly string[] = []): Operation<readonly ServiceInfo[]> {
    return operation('pebble.getServices', () => getServices(this.#transport, names));
  }

  /**
   * Starts all services with `startup: enabled`. As the four methods below it waits until that is done, unless `timeoutMs` is 0, and
   * returns the id of the change.
   *
   * @throws PebbleChangeError when a service does not start.
   */
  autostartServices(options?: WaitOptions): Operation<string> {
    return operation('pebble.autostartServices', () => changeServices(this.#transport, 'autostart', [], options));
  }

  /** Restarts what has changed in the plan and starts what is enabled. @throws PebbleChangeError. */
  replanServices(options?: WaitOptions): Operation<string> {
    return operation('pebble.replanServices', () => changeServices(this.#transport, 'replan', [], options));
  }

  /** @throws PebbleChangeError when a service does not start, or ends within its first second. */
  startServices(names: readonly string[], options?: WaitOptions): Operation<string> {
    return operation('pebble.startServices', () => changeServices(this.#transport, 'start', names, options));
  }

  /** Stops services and what depends on them. @throws PebbleChangeError. */
  stopServices(names: readonly string[], options?: WaitOptions): Operation<string> {
    return operation('pebble.stopServices', () => changeServices(this.#transport, 'stop', names, options));
  }

  /** Restarts services; those that do not run are started. @throws PebbleChangeError. */
  restartServices(names: readonly string[], options?: WaitOptions): Operation<string> {
    return operation('pebble.restartServices', () => changeServices(this.#transport, 'restart', names, options));
  }

  /** Sends a signal, such as `SIGHUP`, to running services. */
  sendSignal(signal: string, services: readonly string[]): Operation<void> {
    return operation('pebble.sendSignal', () => sendSignal(this.#transport, signal, services));
  }

  /** The changes in progress, or others; the oldest first. */
  getChanges(options?: GetChangesOptions): Operation<readonly Change[]> {
    return operation('pebble.getChanges', () => getChanges(this.#transport, options));
  }

  getChange(id: string): Operation<Change> {
    return operation('pebble.getChange', () => getChange(this.#transport, id));
  }

  /** Lets what has begun of a change fail, and the rest not begin. */
  abortChange(id: string): Operation<Change> {
    return operation('pebble.abortChange', () => abortChange(this.#transport, id));
  }

  /** Waits until a change has ended, well or not: see its `err`. @throws PebbleTimeoutError. */
  waitChange(id: string, options?: WaitOptions): Operation<Change> {
    return operation('pebble.waitChange', () => waitChange(this.#transport, id, options));
  }

  /** What services have written: the latest lines, the oldest of them first. */
  getLogs(options: LogOptions = {}): AsyncGenerator<LogEntry> {
    return readLogs(this.#transport, options, false);
  }

  /** What services write from now on, until the reader stops or `signal` is aborted, which throws its reason. */
  followLogs(options: LogOptions = {}): AsyncGenerator<LogEntry> {
    return readLogs(this.#transport, options, true);
  }

  getChecks(options?: GetChecksOptions): Operation<readonly CheckInfo[]> {
    return operation('pebble.getChecks', () => getChecks(this.#transport, options));
  }

  /** Returns the names of those that were stopped before. @throws PebbleAPIError when one is unknown. */
  startChecks(names: readonly string[]): Operation<readonly string[]> {
    return operation('pebble.startChecks', () => changeChecks(this.#transport, 'start', names));
  }

  /** Returns the names of those that ran before. @throws PebbleAPIError when one is unknown. */
  stopChecks(names: readonly string[]): Operation<readonly string[]> {
    return operation('pebble.stopChecks', () => changeChecks(this.#transport, 'stop', names));
  }

  /** Runs a check now, and waits for its end. @throws PebbleAPIError with status 404 when there is no such check. */
  refreshCheck(name: string, options?: RefreshCheckOptions): Operation<RefreshedCheck> {
    return operation('pebble.refreshCheck', () => refreshCheck(this.#transport, name, options));
  }

  /** Whether no check is down. A level of `ready` includes those that are `alive`. */
  isHealthy(options?: GetChecksOptions): Operation<boolean> {
    return operation('pebble.isHealthy', () => isHealthy(this.#transport, options));
  }

  /** Records a notice, and returns its id. Pebble takes those of type `custom`, with keys such as `example.com/done`. */
  notify(type: NoticeType, key: string, options?: NotifyOptions): Operation<string> {
    return operation('pebble.notify', () => notify(this.#transport, type, key, options));
  }

  /** `undefined` when there is no such notice. */
  getNotice(id: string): Operation<Notice | undefined> {
    return operation('pebble.getNotice', () => getNotice(this.#transport, id));
  }

  /** Those told longest ago first. */
  getNotices(options?: GetNoticesOptions): Operation<readonly Notice[]> {
    return operation('pebble.getNotices', () => getNotices(this.#transport, options));
  }

  /** As `getNotices`, once there is at least one. @throws PebbleTimeoutError. */
  waitNotices(options?: WaitNoticesOptions): Operation<readonly Notice[]> {
    return operation('pebble.waitNotices', () => waitNotices(this.#transport, options));
  }

  getIdentities(): Operation<ReadonlyMap<string, Identity>> {
    return operation('pebble.getIdentities', () => getIdentities(this.#transport));
  }

  /** Adds or replaces identities; null removes one. */
  replaceIdentities(identities: Readonly<Record<string, Identity | null>>): Operation<void> {
    return operation('pebble.replaceIdentities', () => replaceIdentities(this.#transport, identities));
  }

  /** @throws PebbleAPIError when one is unknown. */
  removeIdentities(names: readonly string[]): Operation<void> {
    return operation('pebble.removeIdentities', () => removeIdentities(this.#transport, names));
  }

  /** Counters of services and checks, as OpenMetrics text. */
  getMetrics(): Operation<string> {
    return operation('pebble.getMetrics', () => getMetrics(this.#transport));
  }

  /** Warnings of old Pebbles. @throws PebbleAPIError with status 404 from others, which have notices instead. */
  getWarnings(options?: GetWarningsOptions): Operation<readonly Warning[]> {
    return operation('pebble.getWarnings', () => getWarnings(this.#transport, options));
  }

  /** Acknowledges all warnings up to this time, and returns how many there were. */
  ackWarnings(until: Date): Operation<number> {
    return operation('pebble.ackWarnings', () => ackWarnings(this.#transport, until));
  }

  /** Writes a file, replacing one that exists. Content from an iterable is streamed. @throws PebblePathError. */
  push(path: string, content: FileContent, options?: PushOptions): Operation<void> {
    return operation('pebble.push', () => push(this.#transport, path, content, options));
  }

  /** The content of a file. It is asked for when it is read, which may throw {@link PebblePathError}. */
  pull(path: string, options?: PullOptions): ByteStream {
    return new ByteStream(path, () => pull(this.#transport, path, options));
  }

  /** What is in a directory, or the file itself, by name. @throws PebbleAPIError with status 404 when there is no such path. */
  listFiles(path: string, options?: ListFilesOptions): Operation<readonly FileInfo[]> {
    return operation('pebble.listFiles', () => listFiles(this.#transport, path, options));
  }

  /** @throws PebblePathError. */
  makeDir(path: string, options?: MakeDirOptions): Operation<void> {
    return operation('pebble.makeDir', () => makeDir(this.#transport, path, options));
  }

  /** Removes a file or an empty directory. @throws PebblePathError. */
  removePath(path: string, options?: RemovePathOptions): Operation<void> {
    return operation('pebble.removePath', () => removePath(this.#transport, path, options));
  }

  /** Starts a command: program and arguments, no shell. Await its `wait` or `waitOutput`. */
  exec(command: readonly string[], options?: ExecOptions): ExecProcess {
    return new ExecProcess(this.#transport, command, options);
  }
}
