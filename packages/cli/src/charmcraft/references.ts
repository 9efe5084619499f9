// What Juju asks of the parts of a charm's metadata together (juju/charm: meta.go, actions.go). What is wrong with a part by itself is
// told elsewhere, and passed over here.

import { isReserved } from './names.ts';
import { entriesOf, isMapping, itemsOf, type Place } from './place.ts';

/** Reports below `charm` what does not fit together. */
export function checkReferences(charm: Place): void {
  checkContainers(charm);
  checkSubordinate(charm);
  checkActions(charm);
  checkEndpoints(charm);
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
    for (const mount of itemsOf(container.field('mounts'))) requireEntry(storages, 'storage', mount.field('storage'));
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
  if (entriesOf(charm.field('requires'), 'endpoint').some(isOfContainerScope)) return;
  const advice = 'give one endpoint under requires the scope container';
  subordinate.report('bad-reference', `needs something to be subordinate to; ${advice}`);
}

function isOfContainerScope(endpoint: Place): boolean {
  return endpoint.field('scope').value === 'container';
}

function checkActions(charm: Place): void {
  const owner = charm.field('name').value;
  for (const action of entriesOf(charm.field('actions'), 'action')) {
    if (isReserved(action.name, owner)) action.reportKey('reserved-name', `its name ${RESERVED}`);
    const params = action.field('params');
    for (const required of itemsOf(action.field('required'))) requireEntry(params, 'params', required);
  }
}

const RESERVED = 'is kept for Juju itself; choose one without "juju"';

function checkEndpoints(charm: Place): void {
  const owner = charm.field('name').value;
  const isSubordinate = charm.field('subordinate').value === true;
  const seen = new Map<string, string>();
  for (const role of ['requires', 'provides', 'peers']) {
    for (const endpoint of entriesOf(charm.field(role), 'endpoint')) {
      const { name } = endpoint;
      const first = seen.get(name);
      if (first) endpoint.reportKey('bad-name', `its name is taken by an endpoint under ${first}; choose another`);
      seen.set(name, role);
      // A subordinate may be related to what Juju itself offers.
      const mayBeOfJuju = isSubordinate && role === 'requires' && isOfContainerScope(endpoint);
      if (!mayBeOfJuju && isReserved(name, owner)) endpoint.reportKey('reserved-name', `its name ${RESERVED}`);
      const offered = typeof endpoint.value === 'string' ? endpoint : endpoint.field('interface');
      if (role !== 'requires' && isReserved(String(offered.value), owner)) offered.report('reserved-name', RESERVED);
    }
  }
  for (const binding of entriesOf(charm.field('extra-bindings'), 'extra binding')) {
    const role = seen.get(binding.name);
    if (role) binding.reportKey('bad-name', `its name is that of an endpoint under ${role}, which is bound anyway`);
  }
}
