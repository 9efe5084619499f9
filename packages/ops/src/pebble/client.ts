// The client of one container's Pebble: a method for each thing that its API does.

import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import { ByteStream } from './byte-stream.ts';
import type { Change } from './change.ts';
import { getChange, waitChange, type WaitOptions } from './changes.ts';
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
import type { Layer, Plan } from './layer.ts';
import { addLayer, getPlan, type AddLayerOptions } from './plan.ts';
import { pull, type PullOptions } from './pull.ts';
import { push, type PushOptions } from './push.ts';
import { changeServices, getServices, type ServiceInfo } from './services.ts';
import { sendSignal } from './signals.ts';
import { getSystemInfo, type SystemInfo } from './system-info.ts';
import type { PebbleTransport } from './transport.ts';

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

  getChange(id: string): Operation<Change> {
    return operation('pebble.getChange', () => getChange(this.#transport, id));
  }

  /** Waits until a change has ended, well or not: see its `err`. @throws PebbleTimeoutError. */
  waitChange(id: string, options?: WaitOptions): Operation<Change> {
    return operation('pebble.waitChange', () => waitChange(this.#transport, id, options));
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
