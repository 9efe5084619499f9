// A workload container: its services, files and commands, through the Pebble inside it.

import type { WaitOptions } from '../pebble/changes.ts';
import type { PebbleClient } from '../pebble/client.ts';
import { PebbleAPIError, PebbleConnectionError } from '../pebble/errors.ts';
import type { ExecOptions, ExecProcess } from '../pebble/exec.ts';
import type {
  FileContent,
  FileInfo,
  ListFilesOptions,
  MakeDirOptions,
  PulledFile,
  PushOptions,
} from '../pebble/files.ts';
import type { Layer, Plan } from '../pebble/layer.ts';
import type { AddLayerOptions } from '../pebble/plan.ts';
import type { ServiceInfo } from '../pebble/services.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import { ModelError } from './errors.ts';

export class Container {
  readonly name: string;
  /** All of Pebble's API. */
  readonly pebble: PebbleClient;

  constructor(name: string, pebble: PebbleClient) {
    this.name = name;
    this.pebble = pebble;
  }

  /** Whether Pebble answers. It may stop to a moment later, so be ready for errors all the same. */
  canConnect(): Operation<boolean> {
    return operation('container.canConnect', async () => {
      try {
        await this.pebble.getSystemInfo();
        return true;
      } catch (error) {
        if (error instanceof PebbleConnectionError || error instanceof PebbleAPIError) return false;
        throw error;
      }
    });
  }

  /** Adds a layer on top of the plan, or changes the one of this label with `combine`. Services are not touched: see `replan`. */
  addLayer(label: string, layer: Layer | string, options?: AddLayerOptions): Operation<void> {
    return this.pebble.addLayer(label, layer, options);
  }

  getPlan(): Operation<Plan> {
    return this.pebble.getPlan();
  }

  /** Restarts services that have changed in the plan, and starts those that are enabled. @throws PebbleChangeError. */
  replan(options?: WaitOptions): Operation<string> {
    return this.pebble.replanServices(options);
  }

  start(...services: readonly [string, ...string[]]): Operation<string> {
    return this.pebble.startServices(services);
  }

  stop(...services: readonly [string, ...string[]]): Operation<string> {
    return this.pebble.stopServices(services);
  }

  /** Starts those that do not run. */
  restart(...services: readonly [string, ...string[]]): Operation<string> {
    return this.pebble.restartServices(services);
  }

  /** All services, or those of these names, by name. */
  getServices(...names: readonly string[]): Operation<ReadonlyMap<string, ServiceInfo>> {
    return operation('container.getServices', async () => {
      const services = await this.pebble.getServices(names);
      return new Map(services.map((service) => [service.name, service]));
    });
  }

  /** @throws ModelError `unknown-service` when the plan has no such service. */
  getService(name: string): Operation<ServiceInfo> {
    return operation('container.getService', async () => {
      const [service] = await this.pebble.getServices([name]);
      if (service) return service;
      throw new ModelError(
        'unknown-service',
        `cannot find service ${name} in container ${this.name}: the plan has none`,
      );
    });
  }

  push(path: string, content: FileContent, options?: PushOptions): Operation<void> {
    return this.pebble.push(path, content, options);
  }

  /** @throws PebblePathError when there is no such file. */
  pull(path: string): Operation<PulledFile> {
    return this.pebble.pull(path);
  }

  listFiles(path: string, options?: ListFilesOptions): Operation<readonly FileInfo[]> {
    return this.pebble.listFiles(path, options);
  }

  exists(path: string): Operation<boolean> {
    return operation('container.exists', async () => (await this.#describe(path)) !== undefined);
  }

  isDirectory(path: string): Operation<boolean> {
    return operation('container.isDirectory', async () => (await this.#describe(path))?.type === 'directory');
  }

  makeDir(path: string, options?: MakeDirOptions): Operation<void> {
    return this.pebble.makeDir(path, options);
  }

  removePath(path: string, options?: { readonly recursive?: boolean }): Operation<void> {
    return this.pebble.removePath(path, options);
  }

  exec(command: readonly string[], options?: ExecOptions): Operation<ExecProcess> {
    return this.pebble.exec(command, options);
  }

  sendSignal(signal: string, ...services: readonly [string, ...string[]]): Operation<void> {
    return this.pebble.sendSignal(signal, services);
  }

  async #describe(path: string): Promise<FileInfo | undefined> {
    try {
      return (await this.pebble.listFiles(path, { itself: true }))[0];
    } catch (error) {
      if (error instanceof PebbleAPIError && error.status === 404) return undefined;
      throw error;
    }
  }
}
