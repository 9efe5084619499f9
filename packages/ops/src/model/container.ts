// A workload container: its services, files and commands, through the Pebble inside it.

import { ModelError } from '../errors.ts';
import type { Backend } from './backend.ts';
import { pullPath, pushPath, type CopyOptions } from './container-paths.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import type { ByteStream } from '../pebble/byte-stream.ts';
import type { WaitOptions } from '../pebble/changes.ts';
import type { PebbleClient } from '../pebble/client.ts';
import type { CheckInfo, CheckLevel } from '../pebble/checks.ts';
import type { FileContent } from '../pebble/content.ts';
import { PebbleAPIError, PebbleConnectionError, PebbleTimeoutError } from '../pebble/errors.ts';
import type { ExecOptions } from '../pebble/exec.ts';
import type { ExecProcess } from '../pebble/exec-process.ts';
import type { FileInfo, ListFilesOptions, MakeDirOptions, RemovePathOptions } from '../pebble/files.ts';
import type { Layer, Plan } from '../pebble/layer.ts';
import type { GetNoticesOptions, Notice, NoticeType, NotifyOptions } from '../pebble/notices.ts';
import type { AddLayerOptions } from '../pebble/plan.ts';
import type { PullOptions } from '../pebble/pull.ts';
import type { PushOptions } from '../pebble/push.ts';
import type { ServiceInfo } from '../pebble/services.ts';

/** What a container needs of the backend that all of a model share. */
export type ContainerBackend = Pick<Backend, 'pebble' | 'files' | 'context' | 'security'>;

export class Container {
  readonly name: string;
  /** The client that all methods use, for what they do not do. */
  readonly pebble: PebbleClient;

  readonly #backend: ContainerBackend;

  constructor(name: string, backend: ContainerBackend) {
    this.name = name;
    this.pebble = backend.pebble(name);
    this.#backend = backend;
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

  /** All checks, or those of these names that exist, by name. */
  getChecks(
    options: { readonly names?: readonly string[]; readonly level?: CheckLevel } = {},
  ): Operation<ReadonlyMap<string, CheckInfo>> {
    return operation('container.getChecks', async () => {
      const checks = await this.pebble.getChecks(options);
      return new Map(checks.map((check) => [check.name, check]));
    });
  }

  /** @throws ModelError `unknown-check` when the plan has no such check. */
  getCheck(name: string): Operation<CheckInfo> {
    return operation('container.getCheck', async () => {
      const [check] = await this.pebble.getChecks({ names: [name] });
      if (check) return check;
      throw new ModelError('unknown-check', `cannot get check ${name}: the plan of container ${this.name} has none`);
    });
  }

  /** Starts checks that are stopped, and returns the names of those that were. */
  startChecks(...names: readonly string[]): Operation<readonly string[]> {
    return operation('container.startChecks', async () =>
      this.pebble.startChecks(this.#named(names, 'start', 'check')),
    );
  }

  /** Stops checks that run, and returns the names of those that did. */
  stopChecks(...names: readonly string[]): Operation<readonly string[]> {
    return operation('container.stopChecks', async () => {
      const stopped = await this.pebble.stopChecks(this.#named(names, 'stop', 'check'));
      for (const check of stopped) this.#backend.security.checkStopped(check);
      return stopped;
    });
  }

  /** Records a notice, and returns its id. Pebble takes those of type `custom`, with keys such as `example.com/done`. */
  notify(type: NoticeType, key: string, options?: NotifyOptions): Operation<string> {
    return operation('container.notify', () => this.pebble.notify(type, key, options));
  }

  /** @throws ModelError `unknown-notice` when there is none of this id. */
  getNotice(id: string): Operation<Notice> {
    return operation('container.getNotice', async () => {
      const notice = await this.pebble.getNotice(id);
      if (notice) return notice;
      throw new ModelError('unknown-notice', `cannot get notice ${id}: container ${this.name} has none of this id`);
    });
  }

  /** Those told longest ago first. */
  getNotices(options?: GetNoticesOptions): Operation<readonly Notice[]> {
    return operation('container.getNotices', () => this.pebble.getNotices(options));
  }

  /**
   * Copies files and directories of the charm into a directory of the container: `/src` as a whole, of `/src/*` what is in it. Links are
   * followed, sockets and devices left out; mode and owner's ids are kept.
   *
   * @throws MultiPushPullError once all has been tried.
   */
  pushPath(source: string | readonly string[], destination: string, options?: CopyOptions): Operation<void> {
    const { files } = this.#backend;
    return operation('container.pushPath', () => pushPath(this.pebble, files, [source].flat(), destination, options));
  }

  /**
   * Copies files and directories of the container into a directory of the charm, by the rules of `pushPath`, except that nothing of mode and
   * owner is kept.
   *
   * @throws MultiPushPullError once all has been tried.
   */
  pullPath(source: string | readonly string[], destination: string, options?: CopyOptions): Operation<void> {
    const { files } = this.#backend;
    return operation('container.pullPath', () => pullPath(this.pebble, files, [source].flat(), destination, options));
  }

  /** Writes a value as a file of JSON. @throws PebblePathError. */
  pushJson(path: string, value: unknown, options?: PushOptions): Operation<void> {
    return operation('container.pushJson', () => this.pebble.push(path, `${JSON.stringify(value)}\n`, options));
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

  /**
   * Starts a command, without a shell: `await container.exec(['ls', '-l']).waitOutput()`.
   *
   * @throws ModelError `no-service-context` at once, for a `serviceContext` under a Juju older than 3.1.6.
   */
  exec(command: readonly string[], options?: ExecOptions): ExecProcess {
    if (options?.serviceContext !== undefined) this.#requireServiceContext();
    return this.pebble.exec(command, options);
  }

  #named(names: readonly string[], verb: string, noun: 'service' | 'check' = 'service'): readonly string[] {
    if (names.length > 0) return names;
    throw new ModelError(`no-${noun}`, `cannot ${verb} ${noun}s of container ${this.name}: name at least one`);
  }

  // Older ones bring a Pebble that ignores it (ops: JujuVersion.supports_exec_service_context).
  #requireServiceContext(): void {
    const { version } = this.#backend.context;
    if (version.isAtLeast('3.1.6') && version.toString() !== '3.2.0') return;
    throw new ModelError(
      'no-service-context',
      `cannot run a command in the context of a service: Juju ${version.toString()} cannot. Give its environment as options.`,
    );
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
