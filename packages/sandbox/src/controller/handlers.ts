// The controller's answers to its API: each checks what it is asked, changes the model, and lets the agents do the rest.

import {
  addApplication,
  addUnits,
  applicationOf,
  effectiveConfig,
  enqueueAction,
  failedEvent,
  integrate,
  isKubernetes,
  ModelCommandError,
  relationName,
  refreshCharm,
  removeApplication,
  removeRelation,
  removeUnit,
  setConfig,
  unitOf,
  type ApplicationState,
  type ModelState,
} from '@charmed/sim/model';
import { readCharm } from '../agent/charm.ts';
import { checkResources } from './resources.ts';
import { sandboxStatus } from '../status/full-status.ts';
import { actionParams } from './action-params.ts';
import type { ConfigOption, SandboxApi } from './api.ts';
import { retryDelaySetting, type Controller } from './controller.ts';
import { followLog } from './follow-log.ts';
import type { Settings } from './store.ts';
import { runAction } from './run-action.ts';
import { waitUntilActive } from './wait-until-active.ts';

type Handlers = {
  readonly [M in keyof SandboxApi]: (
    params: SandboxApi[M]['params'],
    emit: (event: SandboxApi[M]['event']) => void,
    signal: AbortSignal,
  ) => Promise<SandboxApi[M]['result']>;
};

/** @param shutdown Called when the controller has been asked to end, and has stopped all that it runs. */
export function handlersFor(controller: Controller, shutdown: () => void): Handlers {
  const update = (change: (state: ModelState, at: string) => ModelState, settings?: Settings): void =>
    controller.update((state) => change(state, new Date().toISOString()), settings);
  return {
    async deploy({ charm: path, name, config, units, resources, retryDelayMs }, _emit, signal) {
      const charm = await readCharm(path);
      const application = name ?? charm.name;
      if (application in controller.state().applications) {
        throw new ModelCommandError(
          'application-exists',
          `cannot deploy "${application}": the model has one; give another name`,
        );
      }
      checkResources(charm, resources);
      const kept = await controller.charms.keep(application, path, signal);
      const settings = { ...kept, ...(retryDelayMs !== undefined && retryDelaySetting(retryDelayMs)) };
      const deployment = { name: application, charm, config, units, resources };
      update((state, at) => addApplication(state, deployment, at), settings);
      return { application, kubernetes: isKubernetes({ charm }) };
    },
    async refresh({ application, charm: path }, _emit, signal) {
      const charm = await readCharm(path);
      const { name } = applicationOf(controller.state(), application).charm;
      if (charm.name !== name) {
        throw new ModelCommandError(
          'wrong-charm',
          `cannot refresh "${application}" of the charm "${name}" to the charm "${charm.name}"`,
        );
      }
      const kept = await controller.charms.keep(application, path, signal);
      update((state) => refreshCharm(state, application, charm), kept);
      return null;
    },
    async integrate({ endpoints: [first, second] }) {
      const before = new Set(Object.keys(controller.state().relations));
      update((state) => integrate(state, first, second));
      const added = Object.values(controller.state().relations).find(({ id }) => !before.has(String(id)));
      return { relation: added === undefined ? '' : relationName(added) };
    },
    async 'remove-relation'({ endpoints: [first, second] }) {
      update((state) => removeRelation(state, first, second));
      return null;
    },
    async config({ application }) {
      return { options: configOptions(applicationOf(controller.state(), application)) };
    },
    async 'set-config'({ application, change }) {
      update((state) => setConfig(state, application, change));
      return null;
    },
    async run({ unit, action, params }, emit, signal) {
      const { charm } = applicationOf(controller.state(), unitOf(controller.state(), unit).application);
      const checked = action in (charm.actions ?? {}) ? actionParams(charm, action, params) : params;
      const { state, task } = enqueueAction(controller.state(), unit, action, checked, new Date().toISOString());
      controller.update(() => state);
      emit({ kind: 'queued', operation: task.operation, task: task.id });
      return await runAction(controller, task.id, emit, signal);
    },
    async 'add-unit'({ application, count }) {
      const before = new Set(Object.keys(controller.state().units));
      update((state, at) => addUnits(state, application, count, at));
      return { units: Object.keys(controller.state().units).filter((unit) => !before.has(unit)) };
    },
    async 'remove-unit'({ units }) {
      update((state) => units.reduce(removeUnit, state));
      return null;
    },
    async 'remove-application'({ applications }) {
      update((state) => applications.reduce(removeApplication, state));
      return null;
    },
    async resolved({ units }) {
      for (const unit of units) {
        unitOf(controller.state(), unit);
        if (failedEvent(controller.state(), unit) === undefined) {
          throw new ModelCommandError('not-failed', `cannot resolve ${unit}: none of its hooks has failed`);
        }
      }
      for (const unit of units) controller.retry(unit);
      return null;
    },
    async status() {
      return sandboxStatus(controller.state(), new Date());
    },
    async wait(params, emit, signal) {
      return await waitUntilActive(controller, params, emit, signal);
    },
    async log(params, emit, signal) {
      await followLog(controller, params, emit, signal);
      return null;
    },
    async shutdown() {
      await controller.stop();
      shutdown();
      return { uuid: controller.state().model.uuid };
    },
  };
}

function configOptions(application: ApplicationState): Record<string, ConfigOption> {
  const values = effectiveConfig(application);
  const options = Object.entries(application.charm.config?.options ?? {}).map(
    ([name, option]): [string, ConfigOption] => [
      name,
      {
        type: option?.type ?? 'string',
        description: option?.description ?? '',
        value: values[name] ?? null,
        source: name in application.config ? 'user' : name in values ? 'default' : 'unset',
      },
    ],
  );
  return Object.fromEntries(options);
}
