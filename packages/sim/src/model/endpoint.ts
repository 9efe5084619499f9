// Which endpoints a user means. Follows juju/juju state/state.go, InferEndpoints.

import type { Endpoint, ModelState } from './state.ts';
import { ModelCommandError, applicationOf } from './update.ts';

const ROLES = ['provides', 'requires', 'peers'] as const;
const JUJU_INFO = 'juju-info';

/** All endpoints of an application: those of its metadata, in their order, and the one that Juju provides for every application. */
export function endpointsOf(state: ModelState, application: string): readonly Endpoint[] {
  const remote = state.remotes[application];
  if (remote !== undefined) return remote.endpoints;
  const { charm } = applicationOf(state, application);
  const declared = ROLES.flatMap((role) =>
    Object.entries(charm[role] ?? {}).map(([name, source]): Endpoint => {
      return { application, name, role, interface: source?.interface ?? '', scope: source?.scope ?? 'global' };
    }),
  );
  return [...declared, { application, name: JUJU_INFO, role: 'provides', interface: JUJU_INFO, scope: 'global' }];
}

/** Whether Juju provides it: then the charm has no hooks for it. */
export function isImplicit({ name, role, interface: type }: Endpoint): boolean {
  return name === JUJU_INFO && role === 'provides' && type === JUJU_INFO;
}

/**
 * The provider's and the requirer's endpoint that two specifications mean, each `application` or `application:endpoint`.
 *
 * @throws ModelCommandError `unknown-application`, `unknown-endpoint`, `no-relation`, `ambiguous-relation`, `subordinate`.
 */
export function inferEndpoints(state: ModelState, first: string, second: string): readonly Endpoint[] {
  const candidates = pairs(specified(state, first), specified(state, second));
  const fitting = candidates.filter(
    (pair) => pair[0].interface === pair[1].interface && hasItsSubordinate(state, pair),
  );
  const declared = fitting.filter((pair) => !pair.some(isImplicit));
  const [only, ...others] = declared.length === 1 ? declared : fitting;
  if (only !== undefined && others.length === 0) return scoped(state, only);
  if (only !== undefined) {
    const options = fitting.map((pair) => `"${spell(pair)}"`).join(', ');
    throw new ModelCommandError(
      'ambiguous-relation',
      `cannot integrate "${first}" and "${second}": name the endpoints, one of ${options}`,
    );
  }
  throw new ModelCommandError(
    'no-relation',
    `cannot integrate "${first}" and "${second}": ${whyNone(
      state,
      first,
      second,
      candidates.filter((pair) => !pair.some(isImplicit)),
    )}`,
  );
}

type Pair = readonly [Endpoint, Endpoint];

function pairs(first: readonly Endpoint[], second: readonly Endpoint[]): Pair[] {
  const all = first.flatMap((a) => second.map((b): Pair => [a, b]));
  const provided = all.filter(([a, b]) => a.role === 'provides' && b.role === 'requires');
  const required = all.filter(([a, b]) => a.role === 'requires' && b.role === 'provides');
  return [...provided, ...required.map(([a, b]): Pair => [b, a])];
}

// The scope of a relation is `container` if one of its ends says so; then there must be a subordinate to be in the container.
function hasItsSubordinate(state: ModelState, pair: Pair): boolean {
  return (
    !pair.some(isInContainer) || pair.some(({ application }) => state.applications[application]?.charm.subordinate)
  );
}

const isInContainer = ({ scope }: Endpoint) => scope === 'container';

function scoped(state: ModelState, pair: Pair): Pair {
  if (!pair.some(isInContainer)) return pair;
  const inPod = pair.find(
    ({ application }) => Object.keys(state.applications[application]?.charm.containers ?? {}).length > 0,
  );
  if (inPod === undefined)
    return [
      { ...pair[0], scope: 'container' },
      { ...pair[1], scope: 'container' },
    ];
  const reason = `${inPod.application} has containers; subordinates are for machines`;
  throw new ModelCommandError('subordinate', `cannot integrate "${spell(pair)}": ${reason}`);
}

function specified(state: ModelState, specification: string): readonly Endpoint[] {
  const [application = '', name] = specification.split(':');
  const endpoints = endpointsOf(state, application);
  if (name === undefined) return endpoints;
  const named = endpoints.filter((endpoint) => endpoint.name === name);
  if (named.length > 0) return named;
  const known = endpoints.flatMap((endpoint) => (isImplicit(endpoint) ? [] : endpoint.name)).join(', ') || 'none';
  throw new ModelCommandError('unknown-endpoint', `cannot find endpoint "${specification}": the charm has ${known}`);
}

function whyNone(state: ModelState, first: string, second: string, candidates: readonly Pair[]): string {
  const [pair] = candidates;
  if (pair !== undefined && candidates.length === 1 && pair[0].interface === pair[1].interface) {
    return `"${spell(pair)}" is of the scope "container", and neither application is a subordinate`;
  }
  if (pair !== undefined && candidates.length === 1) {
    return pair.map((each) => `${each.application}:${each.name} has interface "${each.interface}"`).join(', ');
  }
  const offers = [first, second].map((specification) => {
    const declared = specified(state, specification).filter((each) => !isImplicit(each));
    const described = declared.map((each) => `${each.name} (${each.role} ${each.interface})`);
    return `${specification} has ${described.join(', ') || 'no endpoints'}`;
  });
  return `no two endpoints provide and require the same interface; ${offers.join('; ')}`;
}

function spell([a, b]: Pair): string {
  return `${a.application}:${a.name} ${b.application}:${b.name}`;
}
