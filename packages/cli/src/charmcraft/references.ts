// What Juju asks of the parts of a `charmcraft.yaml` together (juju/charm: meta.go, actions.go). Runs when each part is right by itself.

import { entriesOf, isMapping, type Place } from './place.ts';

/** Reports below `charm` what does not fit together. */
export function checkReferences(charm: Place): void {
  checkContainers(charm);
  checkSubordinate(charm);
  checkActions(charm);
  checkEndpointNames(charm);
}

function checkContainers(charm: Place): void {
  const resources = charm.field('resources');
  const storages = charm.field('storage');
  for (const container of entriesOf(charm.field('containers'), 'container')) {
    const resource = container.field('resource');
    if (typeof resource.value === 'string') requireImage(resources, resource);
    for (const owner of ['uid', 'gid']) {
      const id = container.field(owner);
      if (typeof id.value === 'number' && id.value >= 1000 && id.value < 10_000) {
        id.mustBe('outside of 1000 to 9999, which Juju keeps for itself');
      }
    }
    const mounts = container.field('mounts');
    const count = Array.isArray(mounts.value) ? mounts.value.length : 0;
    for (let index = 0; index < count; index += 1) {
      requireEntry(storages, 'storage', mounts.item(index).field('storage'));
    }
  }
}

function requireImage(resources: Place, resource: Place): void {
  const name = String(resource.value);
  if (!requireEntry(resources, 'resources', resource)) return;
  if (resources.field(name).field('type').value === 'oci-image') return;
  resource.report('bad-reference', `names ${name}, which is no oci-image; give that resource the type oci-image`);
}

/** Whether `section` has an entry of the name that stands at `place`; reports it if not. */
function requireEntry(section: Place, title: string, place: Place): boolean {
  const name = String(place.value);
  if (isMapping(section.value) && Object.hasOwn(section.value, name)) return true;
  place.report('bad-reference', `names ${name}, which is not there; declare it under ${title}`);
  return false;
}

function checkSubordinate(charm: Place): void {
  const subordinate = charm.field('subordinate');
  if (subordinate.value !== true) return;
  const endpoints = entriesOf(charm.field('requires'), 'endpoint');
  if (endpoints.some((endpoint) => endpoint.field('scope').value === 'container')) return;
  const advice = 'give one endpoint under requires the scope container';
  subordinate.report('bad-reference', `needs something to be subordinate to; ${advice}`);
}

// https://json-schema.org/draft-04: Juju takes actions apart from their schemas' own references.
function checkActions(charm: Place): void {
  for (const action of entriesOf(charm.field('actions'), 'action')) {
    const params = action.field('params');
    for (const key of ['$ref', '$schema']) {
      if (hasKey(params.value, key)) params.report('bad-value', `must not hold ${key}; write out what it refers to`);
    }
    const required = action.field('required');
    const count = Array.isArray(required.value) ? required.value.length : 0;
    for (let index = 0; index < count; index += 1) requireEntry(params, 'params', required.item(index));
  }
}

function hasKey(value: unknown, key: string): boolean {
  if (Array.isArray(value)) return value.some((item) => hasKey(item, key));
  return isMapping(value) && (Object.hasOwn(value, key) || Object.values(value).some((item) => hasKey(item, key)));
}

function checkEndpointNames(charm: Place): void {
  const seen = new Map<string, string>();
  for (const role of ['requires', 'provides', 'peers']) {
    for (const endpoint of entriesOf(charm.field(role), 'endpoint')) {
      const name = String(endpoint.path.at(-1));
      const first = seen.get(name);
      if (first) endpoint.reportKey('bad-name', `its name is taken by an endpoint under ${first}; choose another`);
      seen.set(name, role);
    }
  }
}
