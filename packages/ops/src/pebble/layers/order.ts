// In which order services start and stop (canonical/pebble docs/explanation/service-start-order.md and service-dependencies.md;
// internals/plan/plan.go, StartOrder and StopOrder).

import type { ServiceConfig } from './config.ts';
import { LayerError, layerError } from './layer-error.ts';
import { quote } from './quote.ts';

type Services = ReadonlyMap<string, ServiceConfig>;

/** Services that are started one after another; lanes do not wait for each other. */
export type Lanes = readonly (readonly string[])[];

/** The named services and all that they require. @throws LayerError for an unknown name or a loop. */
export function startOrder(services: Services, names: readonly string[]): Lanes {
  const wanted = reach(names, (name) => find(services, name).requires ?? []);
  return lanes(services, sort(wanted, successors(services, wanted, 'after', 'before')));
}

/** The named services and all that require them. @throws LayerError for an unknown name or a loop. */
export function stopOrder(services: Services, names: readonly string[]): Lanes {
  const requiredBy = (name: string) => [...services].filter(([, each]) => each.requires?.includes(name));
  const wanted = reach(names, (name) => requiredBy(name).map(([each]) => each));
  return lanes(services, sort(wanted, successors(services, wanted, 'before', 'after')));
}

function find(services: Services, name: string): ServiceConfig {
  const service = services.get(name);
  if (service === undefined) throw unknownService(services, name);
  return service;
}

function unknownService(services: Services, name: string): LayerError {
  const [requiring] = [...services].find(([, { requires }]) => requires?.includes(name)) ?? [];
  const path = requiring === undefined ? ['services', name] : ['services', requiring, 'requires'];
  return layerError(`service ${quote(name)} does not exist`, ...path);
}

function reach(names: Iterable<string>, next: (name: string) => readonly string[]): Set<string> {
  const reached = new Set(names);
  // A set is iterated in the order of insertion, with what is added meanwhile.
  for (const name of reached) for (const each of next(name)) reached.add(each);
  return reached;
}

/** For each wanted service, those of the wanted that must go before it. */
function successors(
  services: Services,
  wanted: ReadonlySet<string>,
  follows: 'after' | 'before',
  precedes: 'after' | 'before',
): Map<string, string[]> {
  const found = new Map([...wanted].map((name): [string, string[]] => [name, []]));
  for (const name of [...wanted].toSorted()) {
    const service = find(services, name);
    found.get(name)?.push(...(service[follows] ?? []).filter((each) => wanted.has(each)));
    for (const each of service[precedes] ?? []) found.get(each)?.push(name);
  }
  return found;
}

function sort(names: ReadonlySet<string>, before: ReadonlyMap<string, readonly string[]>): string[] {
  const ordered = new Set<string>();
  const visiting = new Set<string>();

  function visit(name: string): void {
    visiting.add(name);
    for (const each of before.get(name) ?? []) {
      if (visiting.has(each) && each !== name) throw loopError(each, before);
      if (!ordered.has(each) && each !== name) visit(each);
    }
    visiting.delete(name);
    ordered.add(name);
  }
  for (const name of [...names].toSorted()) if (!ordered.has(name)) visit(name);
  return [...ordered];
}

function loopError(member: string, before: ReadonlyMap<string, readonly string[]>): LayerError {
  const reachable = (name: string) => reach(before.get(name) ?? [], (each) => before.get(each) ?? []);
  const loop = [...reachable(member)].filter((name) => reachable(name).has(member)).toSorted();
  const reason = `services in before/after loop: ${loop.join(', ')}`;
  return new LayerError(
    reason,
    loop.map((name) => ({ path: ['services', name], reason })),
  );
}

// A service shares the lane of those it requires. New lanes count on from the lane used last, not from the highest: so Pebble at times
// puts services in one lane that have nothing to do with each other, and so do we.
function lanes(services: Services, ordered: readonly string[]): Lanes {
  const laneOf = new Map<string, number>();
  let lane = -1;
  for (const name of ordered) {
    const connected = [name, ...(services.get(name)?.requires ?? [])];
    const known = connected.find((each) => laneOf.has(each));
    lane = (known === undefined ? undefined : laneOf.get(known)) ?? lane + 1;
    for (const each of connected) laneOf.set(each, lane);
  }
  return [...Map.groupBy(ordered, (name) => laneOf.get(name) ?? 0)]
    .toSorted(([a], [b]) => a - b)
    .map(([, names]) => names);
}
