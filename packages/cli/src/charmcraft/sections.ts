// The sections that Juju reads, which are the same in charmcraft.yaml and in metadata.yaml (juju/charm: meta.go, resources.go,
// extra_bindings.go). What Juju does not read is a warning there.

import { containerName, endpointName, anyName, storageName, term } from './names.ts';
import { assumes } from './assumes.ts';
import { isMapping, type Place, type Shape } from './place.ts';
import {
  anything,
  boolean,
  count,
  entries,
  fields,
  integer,
  listOf,
  matching,
  named,
  nullable,
  oneOf,
  string,
  text,
} from './shapes.ts';

const JUJU = { others: 'ignored', mayBeEmpty: false } as const;

const relationFields = fields(
  {
    interface: text,
    limit: nullable(integer),
    optional: boolean,
    scope: oneOf('global', 'container'),
    description: anything,
    schema: anything,
    versions: anything,
  },
  { required: ['interface'], ...JUJU },
);

/** Juju takes the interface alone too. */
const relation: Shape = (place) => (typeof place.value === 'string' ? text(place) : relationFields(place));

const endpoints = entries('endpoint', endpointName, relation);

const container = fields(
  {
    resource: text,
    bases: anything,
    mounts: listOf(fields({ storage: text, location: text }, { required: ['storage', 'location'], ...JUJU })),
    uid: integer,
    gid: integer,
  },
  { ...JUJU },
);

const storageFields = fields(
  {
    type: oneOf('filesystem', 'block'),
    description: string,
    location: string,
    shared: boolean,
    'read-only': boolean,
    'minimum-size': matching(
      /^(?:\d+\.?\d*|\.\d+)(?:[MGTPEZY](?:i?B)?)?$/,
      'a text such as 10G (M, G, T, P, E, Z or Y)',
    ),
    multiple: fields({ range }, { required: ['range'], ...JUJU }),
    properties: listOf(oneOf('transient')),
  },
  { required: ['type'], ...JUJU },
);

const storage: Shape = (place) => {
  storageFields(place);
  const location = place.field('location');
  if (place.field('type').value !== 'block' || !location.value) return;
  location.report('bad-value', 'is for the type filesystem; a block device is mounted by the charm');
};

/** How many: 2, 1-3, 2+ or 2-. */
function range(place: Place): void {
  const written = String(place.value);
  const [, least = '', most] = /^(\d{1,9})(?:[+-]|-(\d{1,9}))?$/.exec(written) ?? [];
  const isCount = /^\d+$/.test(written);
  const isRange = least !== '' && (most === undefined || (Number(most) > 0 && Number(most) >= Number(least)));
  if (!isRange || (isCount && Number(written) < 1)) place.mustBe('a count as 2, 1-3 or 2+');
}

const resourceFields = fields(
  {
    type: oneOf('file', 'oci-image'),
    description: string,
    filename: matching(/^[^/]+$/, 'the name of a file, without "/"'),
    'upstream-source': anything,
    'auto-fetch': anything,
  },
  { required: ['type'], ...JUJU },
);

const resource: Shape = (place) => {
  resourceFields(place);
  if (!isMapping(place.value) || place.value['type'] !== 'file') return;
  const filename = place.field('filename');
  if (filename.value === undefined || filename.value === null) {
    filename.report('missing-key', 'is missing: Juju needs the name that the file gets on the unit');
  }
};

const device: Shape = (place) => {
  fields({ type: text, description: string, countmin: count, countmax: count }, { required: ['type'], ...JUJU })(place);
  const [least, most] = [place.field('countmin').value ?? 1, place.field('countmax')];
  if (Number(least) > Number(most.value ?? 1)) {
    place.report('bad-value', 'must not have a countmax (1 if not given) that is less than its countmin');
  }
};

const extraBindings: Shape = (place) => {
  if (isMapping(place.value) && Object.keys(place.value).length === 0) {
    return place.report('bad-value', 'must not be empty; take it out');
  }
  entries('extra binding', anyName, (binding) => {
    if (binding.value !== null) binding.mustBe('a name with nothing behind it');
  })(place);
};

export const SECTIONS: Readonly<Record<string, Shape>> = {
  assumes,
  'charm-user': oneOf('root', 'sudoer', 'non-root'),
  subordinate: boolean,
  requires: endpoints,
  provides: endpoints,
  peers: endpoints,
  containers: entries('container', containerName, container),
  storage: entries('storage', storageName, storage),
  resources: entries('resource', anyName, resource),
  devices: entries('device', anyName, device),
  'extra-bindings': extraBindings,
  terms: listOf(named(term)),
};
