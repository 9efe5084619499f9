// Which endpoints a user means. Follows juju/juju state/state.go, InferEndpoints.

import type { Endpoint, ModelState } from './state.ts';
import { ModelCommandError, applicationOf } from './update.ts';

const ROLES = ['provides', 'requires', 'peers'] as const;

/** All endpoints of an application, in the order of its metadata. */
export function endpointsOf(state: ModelState, application: string): readonly Endpoint[] {
  const { charm } = applicationOf(state, application);
  return ROLES.flatMap((role) =>
    Object.entries(charm[role] ?? {}).map(([name, declared]) => ({
      application,
      name,
      role,
      interface: declared?.interface ?? '',
    })),
  );
}

/**
 * The provider's and the requirer's endpoint that two specifications mean, each `application` or `application:endpoint`.
 *
 * @throws ModelCommandError `unknown-application`, `unknown-endpoint`, `no-relation`, `ambiguous-relation`.
 */
export function inferEndpoints(state: ModelState, first: string, second: string): readonly Endpoint[] {
  const candidates = pairs(specified(state, first), specified(state, second));
  const [only, ...others] = candidates.filter(([a, b]) => a.interface === b.interface);
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    const options = [only, ...others].map((pair) => `"${spell(pair)}"`).join(', ');
    throw new ModelCommandError(
      'ambiguous-relation',
      `cannot integrate "${first}" and "${second}": name the endpoints, one of ${options}`,
    );
  }
  throw new ModelCommandError(
    'no-relation',
    `cannot integrate "${first}" and "${second}": ${whyNone(state, first, second, candidates)}`,
  );
}

type Pair = readonly [Endpoint, Endpoint];

function pairs(first: readonly Endpoint[], second: readonly Endpoint[]): Pair[] {
  const all = first.flatMap((a) => second.map((b): Pair => [a, b]));
  const provided = all.filter(([a, b]) => a.role === 'provides' && b.role === 'requires');
  const required = all.filter(([a, b]) => a.role === 'requires' && b.role === 'provides');
  return [...provided, ...required.map(([a, b]): Pair => [b, a])];
}

function specified(state: ModelState, specification: string): readonly Endpoint[] {
  const [application = '', name] = specification.split(':');
  const endpoints = endpointsOf(state, application);
  if (name === undefined) return endpoints;
  const named = endpoints.filter((endpoint) => endpoint.name === name);
  if (named.length > 0) return named;
  const known = endpoints.map((endpoint) => endpoint.name).join(', ') || 'none';
  throw new ModelCommandError('unknown-endpoint', `cannot find endpoint "${specification}": the charm has ${known}`);
}

function whyNone(state: ModelState, first: string, second: string, candidates: readonly Pair[]): string {
  const [pair] = candidates;
  if (pair !== undefined && candidates.length === 1) {
    return pair.map((each) => `${each.application}:${each.name} has interface "${each.interface}"`).join(', ');
  }
  const offers = [first, second].map((specification) => {
    const described = specified(state, specification).map((each) => `${each.name} (${each.role} ${each.interface})`);
    return `${specification} has ${described.join(', ') || 'no endpoints'}`;
  });
  return `no two endpoints provide and require the same interface; ${offers.join('; ')}`;
}

function spell([a, b]: Pair): string {
  return `${a.application}:${a.name} ${b.application}:${b.name}`;
}
