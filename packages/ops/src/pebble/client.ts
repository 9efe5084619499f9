// The client of one container's Pebble: a method for each thing that its API does.

import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import type { Change } from './change.ts';
import { getChange, waitChange, type WaitOptions } from './changes.ts';
import { exec, type ExecOptions, type ExecProcess } from './exec.ts';
import {
  listFiles,
  makeDir,
  pull,
  push,
  removePath,
  type FileContent,
  type FileInfo,
  type ListFilesOptions,
  type MakeDirOptions,
  type PulledFile,
  type PushOptions,
} from './files.ts';
import type { Layer, Plan } from './layer.ts';
import { addLayer, getPlan, type AddLayerOptions } from './plan.ts';
import { changeServices, getServices, sendSignal, type ServiceInfo } from './services.ts';
import { getSystemInfo, type SystemInfo } from './system-info.ts';
import type { PebbleTransport } from './transport.ts';

/**
 * Talks to Pebble. Every method may throw {@link PebbleConnectionError}, {@link PebbleTimeoutError}, {@link PebbleProtocolError} and
 * {@link PebbleAPIError}.
 */
export class PebbleClient {
  readonly #transport: PebbleTransport;

  constructor(transport: PebbleTransport) {
    this.#transport = transport;
  }

  getSystemInfo(): Operation<SystemInfo> {
    return operation('pebble.getSystemInfo', () => getSystemInfo(this.#transport));
  }

  addLayer(label: string, layer: Layer | string, options?: AddLayerOptions): Operation<void> {
    return operation('pebble.addLayer', () => addLayer(this.#transport, label, layer, options));
  }

  getPlan(): Operation<Plan> {
    return operation('pebble.getPlan', () => getPlan(this.#transport));
  }

  getServices(names: readonly string[] = []): Operation<readonly ServiceInfo[]> {
    return operation('pebble.getServices', () => getServices(this.#transport, names));
  }

  /** Starts all services with `startup: enabled`. */
  autostartServices(options?: WaitOptions): Operation<string> {
    return operation('pebble.autostartServices', () => changeServices(this.#transport, 'autostart', [], options));
  }

  /** Restarts what has changed in the plan and starts what is enabled. */
  replanServices(options?: WaitOptions): Operation<string> {
    return operation('pebble.replanServices', () => changeServices(this.#transport, 'replan', [], options));
  }

  startServices(names: readonly string[], options?: WaitOptions): Operation<string> {
    return operation('pebble.startServices', () => changeServices(this.#transport, 'start', names, options));
  }

  stopServices(names: readonly string[], options?: WaitOptions): Operation<string> {
    return operation('pebble.stopServices', () => changeServices(this.#transport, 'stop', names, options));
  }

  restartServices(names: readonly string[], options?: WaitOptions): Operation<string> {
    return operation('pebble.restartServices', () => changeServices(this.#transport, 'restart', names, options));
  }

  sendSignal(signal: string, services: readonly string[]): Operation<void> {
    return operation('pebble.sendSignal', () => sendSignal(this.#transport, signal, services));
  }

  getChange(id: string): Operation<Change> {
    return operation('pebble.getChange', () => getChange(this.#transport, id));
  }

  waitChange(id: string, options?: WaitOptions): Operation<Change> {
    return operation('pebble.waitChange', () => waitChange(this.#transport, id, options));
  }

  push(path: string, content: FileContent, options?: PushOptions): Operation<void> {
    return operation('pebble.push', () => push(this.#transport, path, content, options));
  }

  pull(path: string, options: { readonly signal?: AbortSignal } = {}): Operation<PulledFile> {
    return operation('pebble.pull', () => pull(this.#transport, path, options.signal));
  }

  listFiles(path: string, options?: ListFilesOptions): Operation<readonly FileInfo[]> {
    return operation('pebble.listFiles', () => listFiles(this.#transport, path, options));
  }

  makeDir(path: string, options?: MakeDirOptions): Operation<void> {
    return operation('pebble.makeDir', () => makeDir(this.#transport, path, options));
  }

  removePath(path: string, options?: { readonly recursive?: boolean }): Operation<void> {
    return operation('pebble.removePath', () => removePath(this.#transport, path, options));
  }

  exec(command: readonly string[], options?: ExecOptions): Operation<ExecProcess> {
    return operation('pebble.exec', () => exec(this.#transport, command, options));
  }
}
