// A workload container: its services, files and commands, through the Pebble inside it.

import { ModelError } from '../errors.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import type { ByteStream } from '../pebble/byte-stream.ts';
import type { WaitOptions } from '../pebble/changes.ts';
import type { PebbleClient } from '../pebble/client.ts';
import type { FileContent } from '../pebble/content.ts';
import { PebbleAPIError, PebbleConnectionError, PebbleTimeoutError } from '../pebble/errors.ts';
import type { ExecOptions } from '../pebble/exec.ts';
import type { ExecProcess } from '../pebble/exec-process.ts';
import type { FileInfo, ListFilesOptions, MakeDirOptions, RemovePathOptions } from '../pebble/files.ts';
import type { Layer, Plan } from '../pebble/layer.ts';
import type { AddLayerOptions } from '../pebble/plan.ts';
import type { PullOptions } from '../pebble/pull.ts';
import type { PushOptions } from '../pebble/push.ts';
import type { ServiceInfo } from '../pebble/services.ts';

export class Container {
  readonly name: string;
  /** The client that all methods use, for what they do not do. */
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
        const absent = [PebbleConnectionError, PebbleTimeoutError, PebbleAPIError];
        if (absent.some((kind) => error instanceof kind)) return false;
        throw error;
      }
    });
  }

  /** Adds a layer on top of the plan. Text is YAML. Services are not touched before `replan`. */
  addLayer(label: string, layer: Layer | string, options?: AddLayerOptions): Operation<void> {
    return operation('container.addLayer', () => this.pebble.addLayer(label, layer, options));
  }

  /** All layers combined. */
  getPlan(): Operation<Plan> {
    return operation('container.getPlan', () => this.pebble.getPlan());
  }

  /** Restarts services that have changed in the plan and starts those that are enabled. @throws PebbleChangeError. */
  replan(options?: WaitOptions): Operation<void> {
    return operation('container.replan', async () => {
      await this.pebble.replanServices(options);
    });
  }

  /** Starts all services with `startup: enabled`. @throws PebbleChangeError. */
  autostart(options?: WaitOptions): Operation<void> {
    return operation('container.autostart', async () => {
      await this.pebble.autostartServices(options);
    });
  }

  /** @throws PebbleChangeError when a service does not start, or ends within its first second. */
  start(...services: readonly string[]): Operation<void> {
    return operation('container.start', async () => {
      await this.pebble.startServices(this.#named(services, 'start'));
    });
  }

  /** Stops services and what depends on them. @throws PebbleChangeError. */
  stop(...services: readonly string[]): Operation<void> {
    return operation('container.stop', async () => {
      await this.pebble.stopServices(this.#named(services, 'stop'));
    });
  }

  /** Restarts services; those that do not run are started. @throws PebbleChangeError. */
  restart(...services: readonly string[]): Operation<void> {
    return operation('container.restart', async () => {
      this.#named(services, 'restart');
      try {
        await this.pebble.restartServices(services);
      } catch (error) {
        // How a Pebble that cannot restart yet answers (ops: Container.restart).
        if (!(error instanceof PebbleAPIError) || error.status !== 400) throw error;
        const running = (await this.pebble.getServices(services)).filter(({ isRunning }) => isRunning);
        if (running.length > 0) await this.pebble.stopServices(running.map(({ name }) => name));
        await this.pebble.startServices(services);
      }
    });
  }

  /** All services, or those of these names that exist, by name. */
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
        `cannot get service ${name}: the plan of container ${this.name} has none`,
      );
    });
  }

  /** Sends a signal, such as `SIGHUP`, to running services. */
  sendSignal(signal: string, ...services: readonly string[]): Operation<void> {
    return operation('container.sendSignal', async () => {
      await this.pebble.sendSignal(signal, this.#named(services, 'signal'));
    });
  }

  /** Writes a file, replacing one that exists. Content from an iterable is streamed. @throws PebblePathError. */
  push(path: string, content: FileContent, options?: PushOptions): Operation<void> {
    return operation('container.push', () => this.pebble.push(path, content, options));
  }

  /** The content of a file: `await container.pull(path).text()`. Reading throws PebblePathError when there is no such file. */
  pull(path: string, options?: PullOptions): ByteStream {
    return this.pebble.pull(path, options);
  }

  /** What is in a directory, or the file itself, by name. @throws PebbleAPIError with status 404 when there is no such path. */
  listFiles(path: string, options?: ListFilesOptions): Operation<readonly FileInfo[]> {
    return operation('container.listFiles', () => this.pebble.listFiles(path, options));
  }

  exists(path: string): Operation<boolean> {
    return operation('container.exists', async () => (await this.#find(path)) !== undefined);
  }

  /** False also when there is no such path. */
  isDirectory(path: string): Operation<boolean> {
    return operation('container.isDirectory', async () => (await this.#find(path))?.type === 'directory');
  }

  /** @throws PebblePathError. */
  makeDir(path: string, options?: MakeDirOptions): Operation<void> {
    return operation('container.makeDir', () => this.pebble.makeDir(path, options));
  }

  /** Removes a file or an empty directory. @throws PebblePathError. */
  removePath(path: string, options?: RemovePathOptions): Operation<void> {
    return operation('container.removePath', () => this.pebble.removePath(path, options));
  }

  /** Starts a command, without a shell: `await container.exec(['ls', '-l']).waitOutput()`. */
  exec(command: readonly string[], options?: ExecOptions): ExecProcess {
    return this.pebble.exec(command, options);
  }

  #named(services: readonly string[], verb: string): readonly string[] {
    if (services.length > 0) return services;
    throw new ModelError('no-service', `cannot ${verb} services of container ${this.name}: name at least one`);
  }

  async #find(path: string): Promise<FileInfo | undefined> {
    try {
      return (await this.pebble.listFiles(path, { itself: true }))[0];
    } catch (error) {
      if (error instanceof PebbleAPIError && error.status === 404) return undefined;
      throw error;
    }
  }
}
