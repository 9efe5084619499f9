// The charm's own unit: the one object through which a charm changes the unit it runs in.

import { applicationVersionSet } from '../hookcmds/application-version.ts';
import { closePort, openedPorts, openPort } from '../hookcmds/port.ts';
import { portText, type Port } from '../hookcmds/port-text.ts';
import { jujuReboot } from '../hookcmds/reboot.ts';
import type { SecretContent } from '../hookcmds/secret.ts';
import type { MetaSource } from '../meta/source.ts';
import type { ContainerName } from '../meta/types.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import type { Backend } from './backend.ts';
import { Container } from './container.ts';
import { requireDeclared } from './declared.ts';
import { Unit } from './entity.ts';
import type { Leadership } from './leadership.ts';
import type { OwnApplication } from './own-application.ts';
import { readStatus, writeStatus } from './own-status.ts';
import type { SecretOptions, SecretWithId } from './secret.ts';
import type { StatusBase } from './status.ts';

export class OwnUnit<M extends MetaSource = MetaSource> extends Unit {
  declare readonly app: OwnApplication;
  readonly #backend: Backend;
  readonly #leadership: Leadership;
  readonly #containers = new Map<string, Container>();

  constructor(app: OwnApplication, backend: Backend, leadership: Leadership) {
    super(backend.context.unitName, app);
    this.#backend = backend;
    this.#leadership = leadership;
  }

  /** The machine that it runs on, such as `0` or `0/lxd/1`; on machines only. */
  get machineId(): string | undefined {
    return this.#backend.context.machineId;
  }

  get availabilityZone(): string | undefined {
    return this.#backend.context.availabilityZone;
  }

  /** The unit that this one goes with, if it is a subordinate. */
  get principal(): Unit | undefined {
    const { principalUnit } = this.#backend.context;
    return principalUnit === undefined ? undefined : new Unit(principalUnit);
  }

  /** Whether this unit leads its application. Juju guarantees the answer for 30 seconds. */
  isLeader(): Operation<boolean> {
    return operation('unit.isLeader', () => this.#leadership.isLeader());
  }

  status(): Operation<StatusBase> {
    return operation('unit.status', () => readStatus(this.#backend, { app: false }));
  }

  /** Shown at once, also if the hook fails later. @throws InvalidStatusError for one that only Juju sets. */
  setStatus(status: StatusBase): Operation<void> {
    return operation('unit.setStatus', () => writeStatus(this.#backend, status, { app: false }));
  }

  /** The version of the workload, which `juju status` shows beside the application. */
  setWorkloadVersion(version: string): Operation<void> {
    return operation('unit.setWorkloadVersion', () => applicationVersionSet(this.#backend.runner, version));
  }

  /**
   * Creates a secret that this unit owns.
   *
   * @throws ModelError `bad-secret-content` before anything runs.
   */
  addSecret(content: SecretContent, options: SecretOptions = {}): Operation<SecretWithId> {
    return operation('unit.addSecret', async () => {
      const { Secret } = await import('./secret.ts');
      return Secret.add(this.#backend, 'unit', content, options);
    });
  }

  /**
   * Reboots the machine when this hook has ended. Not in actions, and not on Kubernetes.
   *
   * @param options.now at once: this never returns, nothing is committed, and the hook runs again after the reboot. Default: false.
   */
  reboot(options: { readonly now?: boolean } = {}): Operation<void> {
    return operation('unit.reboot', async () => {
      const { runner, security, context, flushLog } = this.#backend;
      security.restarting(`unit '${this.name}' in model '${context.modelName}'`);
      if (options.now) await flushLog(); // Juju ends this process, and with it what was not sent
      await jujuReboot(runner, options);
      if (options.now) await this.#backend.endDispatch();
    });
  }

  /** @throws ModelError `unknown-container` when the metadata declares no such container. */
  container(name: ContainerName<M>): Container {
    requireDeclared(this.#backend.meta.containers, 'container', name);
    const container = this.#containers.get(name) ?? new Container(name, this.#backend);
    this.#containers.set(name, container);
    return container;
  }

  openedPorts(): Operation<readonly Port[]> {
    return operation('unit.openedPorts', () => this.#portsInTurn(() => openedPorts(this.#backend.runner)));
  }

  /** @throws ModelError `bad-port`. */
  openPort(port: Port): Operation<void> {
    return operation('unit.openPort', () => this.#portsInTurn(() => openPort(this.#backend.runner, port)));
  }

  /** @throws ModelError `bad-port`. */
  closePort(port: Port): Operation<void> {
    return operation('unit.closePort', () => this.#portsInTurn(() => closePort(this.#backend.runner, port)));
  }

  /** Opens these ports and closes all others. A number is a TCP port. @throws ModelError `bad-port`. */
  setPorts(...ports: readonly (number | Port)[]): Operation<void> {
    return operation('unit.setPorts', () =>
      this.#portsInTurn(async () => {
        const wanted = byText(ports.map((port) => (typeof port === 'number' ? { protocol: 'tcp', port } : port)));
        const open = byText(await openedPorts(this.#backend.runner));
        for (const [text, port] of open) if (!wanted.has(text)) await closePort(this.#backend.runner, port);
        for (const [text, port] of wanted) if (!open.has(text)) await openPort(this.#backend.runner, port);
      }),
    );
  }

  #portsInTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#backend.inTurn('ports', work);
  }
}

function byText(ports: readonly Port[]): ReadonlyMap<string, Port> {
  return new Map(ports.map((port) => [portText(port), port]));
}
