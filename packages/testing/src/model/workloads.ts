// The containers and storage of a model's units: there with their units, gone with them; and what Pebble tells of what happens in them.

import { isDeepStrictEqual } from 'node:util';
import {
  applicationOf,
  containerReady,
  ModelCommandError,
  provisionStorage,
  unitOf,
  workloadEvent,
  type ModelState,
  type UnitState,
  type WorkloadEvent,
} from '@charmed/sim/model';
import { ContainerDraft, type ContainerSurroundings, type NoticeOptions } from '../pebble/container-draft.ts';
import { Container } from '../state/container.ts';
import type { World } from './world.ts';

/** Containers come up with their units, and storage is there at once; what units that are gone had is gone. */
export function provide(world: World): World {
  let { state } = world;
  for (const { id, location } of Object.values(state.storage)) {
    if (location === null) state = provisionStorage(state, id, `/var/lib/juju/storage/${id}`);
  }
  const isThere = (name: string) => state.units[name] !== undefined;
  const next = {
    ...world,
    state,
    containers: only(world.containers, isThere),
    failing: only(world.failing, isThere),
    stores: only(world.stores, isThere),
  };
  return Object.values(state.units).reduce(withContainers, next);
}

// All at first, and after a refresh those that the charm has not had before.
function withContainers(world: World, { name, application }: UnitState): World {
  const declared = Object.keys(applicationOf(world.state, application).charm.containers ?? {});
  const isThere = (each: string) => world.containers[name]?.some((container) => container.name === each) ?? false;
  return declared.filter((each) => !isThere(each)).reduce((next, each) => start(next, name, each), world);
}

function start(world: World, unit: string, name: string): World {
  const { application } = unitOf(world.state, unit);
  const template = world.templates[application]?.find((each) => each.name === name) ?? new Container(name);
  const container = template.with({ canConnect: true });
  return {
    ...withContainer(world, unit, container),
    state: containerReady(world.state, unit, name),
    failing: withFailing(world, unit, name, checksDown(container)),
  };
}

// Those that are down at the beginning do not come up by themselves.
function checksDown({ checkInfos }: Container): readonly string[] {
  return checkInfos.filter(({ status }) => status === 'down').map(({ name }) => name);
}

function only<T>(all: Readonly<Record<string, T>>, isThere: (name: string) => boolean): Readonly<Record<string, T>> {
  const names = Object.keys(all);
  return names.every(isThere) ? all : Object.fromEntries(Object.entries(all).filter(([name]) => isThere(name)));
}

/** The container starts anew: only what is mounted stays, and pebble-ready is due. */
export function restartContainer(world: World, unit: string, name: string): World {
  containerIn(world, unit, name);
  return start(world, unit, name);
}

/** @param canConnect whether its Pebble answers, which has not been started anew. */
export function setCanConnect(world: World, unit: string, name: string, canConnect: boolean): World {
  return withContainer(world, unit, containerIn(world, unit, name).with({ canConnect }));
}

/** Lets a check fail until it is down. @throws ModelCommandError `unknown-unit`, `unknown-container`, `unknown-check`. */
export function failCheck(world: World, unit: string, name: string, check: string): Promise<World> {
  const failing = [...failingIn(world, unit, name).filter((each) => each !== check), check];
  return untilCheck({ ...world, failing: withFailing(world, unit, name, failing) }, unit, name, check, 'down');
}

/** Lets it succeed again. @throws ModelCommandError `unknown-unit`, `unknown-container`, `unknown-check`. */
export function passCheck(world: World, unit: string, name: string, check: string): Promise<World> {
  const failing = failingIn(world, unit, name).filter((each) => each !== check);
  return untilCheck({ ...world, failing: withFailing(world, unit, name, failing) }, unit, name, check, 'up');
}

export async function notify(
  world: World,
  unit: string,
  name: string,
  key: string,
  options: NoticeOptions,
): Promise<World> {
  const container = runningIn(world, unit, name);
  const draft = new ContainerDraft(container, surroundingsOf(world, unit, name));
  await draft.notify(key, options);
  return withTold(world, unit, [await draft.end()]);
}

async function untilCheck(
  world: World,
  unit: string,
  name: string,
  check: string,
  status: 'up' | 'down',
): Promise<World> {
  const container = runningIn(world, unit, name);
  const draft = new ContainerDraft(container, surroundingsOf(world, unit, name));
  if (!(await draft.untilCheck(check, status))) {
    const running = container.checkInfos.filter((info) => info.status !== 'inactive');
    const known = running.map((info) => info.name).join(', ') || 'none';
    throw new ModelCommandError(
      'unknown-check',
      `cannot find check "${check}" in ${name} of ${unit}: those that run are ${known}`,
    );
  }
  return withTold(world, unit, [await draft.end()]);
}

/** What a container finds around it. */
export function surroundingsOf(world: World, unit: string, name: string): ContainerSurroundings {
  return { now: new Date(world.now), failing: failingIn(world, unit, name) };
}

/**
 * The containers have changed: what Pebble tells of that is due, if the unit is still there.
 *
 * @param state the model afterwards. Default: as it is.
 */
export function withTold(
  world: World,
  unit: string,
  changed: readonly Container[],
  state: ModelState = world.state,
): World {
  let next = { ...world, state };
  for (const after of changed) {
    const before = world.containers[unit]?.find(({ name }) => name === after.name) ?? after;
    next = withContainer(next, unit, after);
    for (const event of toldOf(before, after)) next = { ...next, state: withEvent(next, unit, event) };
  }
  return next;
}

// What is told already and not yet heard is the same.
function withEvent({ state }: World, unit: string, event: WorkloadEvent): World['state'] {
  const pending = state.units[unit]?.workloadEvents?.filter(({ container }) => container === event.container) ?? [];
  const isKnown = pending.some((each) => each.kind === 'pebble-custom-notice' && isDeepStrictEqual(each, event));
  return state.units[unit] === undefined || isKnown ? state : workloadEvent(state, unit, event);
}

function toldOf(before: Container, after: Container): readonly WorkloadEvent[] {
  const { name: container } = after;
  const events: WorkloadEvent[] = [];
  for (const { name: check, status } of after.checkInfos) {
    const wasDown = before.checkInfos.find(({ name }) => name === check)?.status === 'down';
    if (status === 'down' && !wasDown) events.push({ kind: 'pebble-check-failed', container, check });
    if (status === 'up' && wasDown) events.push({ kind: 'pebble-check-recovered', container, check });
  }
  for (const { id, type, key, lastRepeated, occurrences, repeatAfterMs } of after.notices) {
    const known = before.notices.find((notice) => notice.id === id);
    if (type !== 'custom') continue;
    const isAgain = known !== undefined && occurrences > known.occurrences && !repeatAfterMs;
    if (isAgain || known?.lastRepeated.getTime() !== lastRepeated.getTime())
      events.push({ kind: 'pebble-custom-notice', container, notice: { id, type, key } });
  }
  return events;
}

/** @throws ModelCommandError `unknown-unit`, `unknown-container`. */
function containerIn(world: World, unit: string, name: string): Container {
  unitOf(world.state, unit);
  const all = world.containers[unit] ?? [];
  const found = all.find((container) => container.name === name);
  if (found) return found;
  const known = all.map((container) => container.name).join(', ') || 'none';
  throw new ModelCommandError('unknown-container', `cannot find container "${name}" of ${unit}: it has ${known}`);
}

function runningIn(world: World, unit: string, name: string): Container {
  const container = containerIn(world, unit, name);
  if (container.canConnect) return container;
  throw new ModelCommandError(
    'no-pebble',
    `cannot reach Pebble in ${name} of ${unit}: setCanConnect or restartContainer first`,
  );
}

function withContainer(world: World, unit: string, container: Container): World {
  const all = world.containers[unit] ?? [];
  const index = all.findIndex(({ name }) => name === container.name);
  const containers = index === -1 ? [...all, container] : all.with(index, container);
  return { ...world, containers: { ...world.containers, [unit]: containers } };
}

function failingIn({ failing }: World, unit: string, name: string): readonly string[] {
  return failing[unit]?.[name] ?? [];
}

function withFailing({ failing }: World, unit: string, name: string, checks: readonly string[]): World['failing'] {
  return { ...failing, [unit]: { ...failing[unit], [name]: checks } };
}
