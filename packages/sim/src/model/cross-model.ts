// Relations between two models: one consumes what the other offers. In each, the application of the other is there by name, without units
// of its own to run. Follows juju/juju state/remoteapplication.go and apiserver/facades/controller/crossmodelrelations.

import { endpointsOf, isImplicit } from './endpoint.ts';
import { relationsOf } from './relation.ts';
import type { Endpoint, ModelState, RemoteApplication } from './state.ts';
import { applicationOf, ModelCommandError, patch, put } from './update.ts';

/** What a model lets others integrate with. */
export interface OfferedApplication {
  readonly modelUuid: string;
  readonly application: string;
  readonly endpoints: readonly Endpoint[];
}

/** @param specification `application:endpoint`, with more endpoints behind commas. @throws ModelCommandError */
export function offerOf(state: ModelState, specification: string): OfferedApplication {
  const [application = '', names] = specification.split(':');
  applicationOf(state, application);
  if (names === undefined || names === '') {
    throw new ModelCommandError(
      'bad-offer',
      `cannot offer "${specification}": name its endpoints, such as ${application}:db`,
    );
  }
  const endpoints = names.split(',').map((name) => offered(state, application, name));
  return { modelUuid: state.model.uuid, application, endpoints };
}

function offered(state: ModelState, application: string, name: string): Endpoint {
  const endpoint = endpointsOf(state, application).find((each) => each.name === name);
  if (endpoint === undefined || endpoint.role === 'peers') {
    throw new ModelCommandError(
      'unknown-endpoint',
      `cannot offer "${application}:${name}": there is no such endpoint to relate to`,
    );
  }
  if (endpoint.scope === 'container' || isImplicit(endpoint)) {
    throw new ModelCommandError('bad-offer', `cannot offer "${application}:${name}": it is for units of one machine`);
  }
  return endpoint;
}

/** Makes an offer of another model known under a name. @throws ModelCommandError */
export function consume(state: ModelState, offer: OfferedApplication, name: string): ModelState {
  if (name in state.applications || name in state.remotes) {
    throw new ModelCommandError(
      'application-exists',
      `cannot consume "${name}": the model has an application of that name; choose another`,
    );
  }
  if (offer.modelUuid === state.model.uuid) {
    const reason = 'it is of a model with the same UUID; give each model a name of its own';
    throw new ModelCommandError('bad-offer', `cannot consume "${name}": ${reason}`);
  }
  return addRemote(state, { ...offer, name, side: 'offering', life: 'alive' });
}

export function addRemote(state: ModelState, remote: RemoteApplication): ModelState {
  const endpoints = remote.endpoints.map((endpoint) => ({ ...endpoint, application: remote.name }));
  return put(state, 'remotes', remote.name, { ...remote, endpoints });
}

/** Ends what a consumed offer is related to, and forgets it. @throws ModelCommandError `unknown-application`. */
export function removeConsumed(state: ModelState, name: string): ModelState {
  if (state.remotes[name]?.side !== 'offering') {
    throw new ModelCommandError(
      'unknown-application',
      `cannot remove "${name}": the model consumes nothing of that name`,
    );
  }
  const ending = patch(state, 'remotes', name, { life: 'dying' });
  return relationsOf(state, name).reduce(
    (next, { id }) => patch(next, 'relations', String(id), { life: 'dying' }),
    ending,
  );
}
