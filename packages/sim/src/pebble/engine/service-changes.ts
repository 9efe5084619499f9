// Turns requests about services into changes (canonical/pebble internals/daemon/api_services.go and servstate/request.go).

import { type Lanes, LayerError, quote, reasonOf } from '@charmed/ops/internal';
import type { Change } from './change.ts';
import type { Changes } from './changes.ts';
import { PebbleError, badRequest, serverError } from './errors.ts';
import type { LogBuffer } from './log-buffer.ts';
import { StartAttemptError } from './service.ts';
import type { Services } from './services.ts';
import type { SavedTask, Task, Work } from './task.ts';

export type ServiceAction = 'autostart' | 'start' | 'stop' | 'restart' | 'replan';

const actions: readonly string[] = ['autostart', 'start', 'stop', 'restart', 'replan'];
const maxOutputLines = 20;

/** @throws PebbleError with Pebble's text when the action or a service is unknown, or there is nothing to act on. */
export function changeServices(services: Services, changes: Changes, action: string, names: readonly string[]): Change {
  const requested = requestedServices(services, action, names);
  if (!isServiceAction(action)) throw badRequest(`invalid action ${quote(action)}`);
  try {
    return new Request(services, changes, action).begin(requested);
  } catch (error) {
    if (!(error instanceof PebbleError || error instanceof LayerError)) throw error;
    throw badRequest(`cannot ${action} services: ${error.message}`);
  }
}

function isServiceAction(action: string): action is ServiceAction {
  return actions.includes(action);
}

function requestedServices(services: Services, action: string, names: readonly string[]): readonly string[] {
  if (action !== 'replan' && action !== 'autostart') {
    if (names.length === 0) throw badRequest(`must specify services for ${action} action`);
    return names;
  }
  if (names.length > 0) throw badRequest(`${action} accepts no service names`);
  if (action === 'replan') return [];
  const enabled = services.defaultNames();
  if (enabled.length === 0) throw new PebbleError(400, 'no default services', 'no-default-services');
  return enabled;
}

class Request {
  readonly #services: Services;
  readonly #changes: Changes;
  readonly #action: ServiceAction;

  constructor(services: Services, changes: Changes, action: ServiceAction) {
    this.#services = services;
    this.#changes = changes;
    this.#action = action;
  }

  begin(names: readonly string[]): Change {
    const { stop, start } = this.#lanes(names);
    const stops = this.#tasks('stop', stop, []);
    const starts = this.#tasks('start', start, stops);
    const isReplan = this.#action === 'replan';
    const acted = isReplan ? [...new Set([...stop, ...start].flat())].toSorted() : names;
    const count = (isReplan ? acted : [...(start.length > 0 ? start : stop)].flat()).length;
    const summary = this.#summary(acted[0], count);
    return this.#changes.start({ kind: this.#action, summary, tasks: [...stops, ...starts], services: acted });
  }

  #lanes(names: readonly string[]): { readonly stop: Lanes; readonly start: Lanes } {
    const services = this.#services;
    switch (this.#action) {
      case 'stop':
        return { stop: services.stopLanes(names), start: [] };
      case 'replan':
        return services.replanLanes();
      case 'restart': {
        const stop = services.stopLanes(names).map((lane) => lane.filter((name) => names.includes(name)));
        return { stop, start: services.startLanes(names) };
      }
      default:
        return { stop: [], start: services.startLanes(names) };
    }
  }

  #summary(first: string | undefined, count: number): string {
    const title = this.#action.replace(/^./, (letter) => letter.toUpperCase());
    if (first === undefined) return `${title} - no services`;
    return `${title} service ${quote(first)}${count > 1 ? ` and ${count - 1} more` : ''}`;
  }

  #tasks(kind: 'start' | 'stop', lanes: Lanes, after: readonly Task[]): Task[] {
    return lanes.flatMap((names) => {
      const lane = this.#changes.newLane();
      const tasks: Task[] = [];
      for (const name of names) {
        const waitsFor = [...after, ...tasks.slice(-1)];
        const title = kind === 'start' ? 'Start' : 'Stop';
        const work = kind === 'start' ? startWork(this.#services, name) : stopWork(this.#services, name);
        tasks.push(
          this.#changes.newTask({
            kind,
            summary: `${title} service ${quote(name)}`,
            work,
            lane,
            waitsFor,
            service: name,
          }),
        );
      }
      return tasks;
    });
  }
}

/** What a task from before a restart has left to do; nothing for one that is not about a service. */
export function remainingWork(services: Services, { kind, status, service }: SavedTask): Work {
  if (service === undefined) return async () => undefined;
  if (kind === 'stop') return stopWork(services, service);
  if (status !== 'Doing') return startWork(services, service);
  return async () => Promise.reject(serverError('service already started, not retrying'));
}

/** Stops all that runs, for the end of Pebble. Nothing when nothing runs. */
export function stopAll(services: Services, changes: Changes): Change | undefined {
  const tasks = services.runningLanes().flatMap((names) => {
    const lane = changes.newLane();
    const inOrder: Task[] = [];
    for (const service of names) {
      const summary = `Stop service ${quote(service)}`;
      // One that outlives SIGKILL must not keep the others from being stopped.
      const work: Work = (task, signal) =>
        stopWork(services, service)(task, signal).catch((error: unknown) => task.addLog(reasonOf(error)));
      inOrder.push(changes.newTask({ kind: 'stop', summary, work, lane, waitsFor: inOrder.slice(-1), service }));
    }
    return inOrder;
  });
  if (tasks.length === 0) return undefined;
  return changes.start({ kind: 'stop', summary: 'Stop all running services', tasks, services: [] });
}

function startWork(services: Services, name: string): Work {
  return async (task, signal) => {
    const service = services.forStart(name);
    if (typeof service === 'string') return task.addLog(service);
    try {
      await service.start(signal);
    } catch (error) {
      if (error instanceof StartAttemptError) {
        task.addLog(`Most recent service output:\n${lastOutput(service.logs)}`);
      }
      throw error;
    }
    return undefined;
  };
}

// An abort is not heeded: the signals are on their way.
function stopWork(services: Services, name: string): Work {
  return async (task) => {
    const service = services.forStop(name);
    if (typeof service === 'string') return task.addLog(service);
    return service.stop();
  };
}

function lastOutput(logs: LogBuffer): string {
  const messages = logs.lines().map(({ message }) => message);
  const lines = messages.slice(-maxOutputLines);
  if (messages.length > maxOutputLines) lines.unshift('(...)');
  return (lines.length > 0 ? lines : ['']).map((line) => `    ${line}`).join('\n');
}
