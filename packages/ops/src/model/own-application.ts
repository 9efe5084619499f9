// The charm's own application.

import { ModelError } from '../errors.ts';
import type { SecretContent } from '../hookcmds/secret.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import type { Backend } from './backend.ts';
import { Application } from './entity.ts';
import { countPlannedUnits } from './goal-state.ts';
import type { Leadership } from './leadership.ts';
import { readStatus, writeStatus } from './own-status.ts';
import type { SecretOptions, SecretWithId } from './secret.ts';
import type { StatusBase } from './status.ts';

/** The application that this charm operates. Its status belongs to the leader. */
export class OwnApplication extends Application {
  readonly #backend: Backend;
  readonly #leadership: Leadership;

  constructor(name: string, backend: Backend, leadership: Leadership) {
    super(name);
    this.#backend = backend;
    this.#leadership = leadership;
  }

  /** @throws ModelError `not-leader` unless this unit leads. */
  status(): Operation<StatusBase> {
    return operation('app.status', async () => {
      await this.#requireLeader('get');
      return readStatus(this.#backend, { app: true });
    });
  }

  /** @throws ModelError `not-leader` unless this unit leads, InvalidStatusError for a status that only Juju sets. */
  setStatus(status: StatusBase): Operation<void> {
    return operation('app.setStatus', async () => {
      await this.#requireLeader('set');
      await writeStatus(this.#backend, status, { app: true });
    });
  }

  /** How many units the application is meant to have, without those that are going. */
  plannedUnits(): Operation<number> {
    return operation('app.plannedUnits', () => countPlannedUnits(this.#backend));
  }

  /**
   * Creates a secret that this application owns. Only the leader may, and only the leader may change it.
   *
   * @throws ModelError `bad-secret-content` before anything runs, `not-leader` unless this unit leads.
   */
  addSecret(content: SecretContent, options: SecretOptions = {}): Operation<SecretWithId> {
    return operation('app.addSecret', async () => {
      const { Secret } = await import('./secret.ts');
      return Secret.add(this.#backend, 'application', content, options);
    });
  }

  async #requireLeader(verb: 'get' | 'set'): Promise<void> {
    if (await this.#leadership.isLeader()) return;
    this.#backend.security.authorizationFailed(
      `status-${verb}`,
      `Attempted to ${verb} application status when not leader.`,
    );
    const reason = `${this.#backend.context.unitName} is not the leader. Check unit.isLeader() first.`;
    throw new ModelError('not-leader', `cannot ${verb} the status of application ${this.name}: ${reason}`);
  }
}
