// What a `charmcraft.yaml` may hold: charmcraft's own schema (canonical/charmcraft, schema/charmcraft.json) and, where it is stricter,
// Juju's reader of charms (juju/charm: meta.go, config.go, actions.go).

import { actionName, anyName, charmName, containerName, endpointName, isReserved, storageName } from './names.ts';
import type { Place, Shape } from './place.ts';
import {
  anything,
  boolean,
  entries,
  fields,
  integer,
  listOf,
  mapping,
  matching,
  named,
  oneOf,
  text,
  textOrListOfTexts,
} from './shapes.ts';

const OPTION_TYPES = ['string', 'int', 'float', 'boolean', 'secret'];

const base = matching(/^ubuntu@\d\d\.\d\d$/, 'a base that Juju takes, such as ubuntu@24.04');

const relation = fields(
  {
    interface: text,
    limit: integer,
    optional: boolean,
    scope: oneOf('global', 'container'),
    schema: anything,
  },
  { required: ['interface'] },
);

const endpoints = entries('endpoint', endpointName, notReserved(relation));

const option: Shape = (place) => {
  fields({ type: oneOf(...OPTION_TYPES), default: anything, description: text })(place);
  requireDefaultOfType(place.field('type').value, place.field('default'));
};

const action = fields(
  {
    description: text,
    params: mapping,
    required: listOf(text),
    additionalProperties: boolean,
    parallel: boolean,
    'execution-group': text,
    title: text,
  },
  { open: true },
);

const container = fields({
  resource: text,
  bases: anything,
  mounts: listOf(fields({ storage: text, location: text }, { required: ['storage'] })),
  uid: integer,
  gid: integer,
});

const storage = fields(
  {
    type: oneOf('filesystem', 'block'),
    description: text,
    location: text,
    shared: boolean,
    'read-only': boolean,
    'minimum-size': anything,
    multiple: fields({ range: anything }),
    properties: listOf(text),
  },
  { required: ['type'] },
);

const resource = fields(
  { type: oneOf('file', 'oci-image'), description: text, filename: text, 'upstream-source': text },
  { required: ['type'] },
);

const links = fields({
  contact: textOrListOfTexts,
  documentation: text,
  issues: textOrListOfTexts,
  source: textOrListOfTexts,
  website: textOrListOfTexts,
});

/** The whole file. */
export const charmcraftYaml: Shape = (place) => {
  fields(
    {
      name: named(charmName),
      type: oneOf('charm'),
      title: text,
      summary: matching(/^[\s\S]{1,200}$/, 'a text of at most 200 characters'),
      description: text,
      base,
      'build-base': text,
      platforms: mapping,
      parts: mapping,
      links,
      assumes: listOf(anything),
      'charm-user': oneOf('root', 'sudoer', 'non-root'),
      subordinate: boolean,
      requires: endpoints,
      provides: endpoints,
      peers: endpoints,
      containers: entries('container', containerName, container),
      storage: entries('storage', storageName, storage),
      resources: entries('resource', anyName, resource),
      actions: entries('action', actionName, notReserved(action)),
      config: fields({ options: entries('config option', anyName, option) }),
      'extra-bindings': mapping,
      devices: mapping,
      terms: listOf(text),
      analysis: mapping,
      charmhub: mapping,
      'charm-libs': listOf(anything),
      'adopt-info': text,
      'package-repositories': listOf(anything),
    },
    { required: ['name', 'type', 'summary', 'description'] },
  )(place);
};

function notReserved(shape: Shape): Shape {
  return (place) => {
    const name = String(place.path.at(-1));
    if (isReserved(name, undefined))
      place.reportKey('reserved-name', 'its name is kept for Juju itself; choose one without "juju"');
    shape(place);
  };
}

function requireDefaultOfType(type: unknown, place: Place): void {
  const { value } = place;
  if (value === undefined || value === null) return;
  if (type === 'int' && !Number.isInteger(value)) place.mustBe('an integer, as the type is int');
  if (type === 'float' && typeof value !== 'number') place.mustBe('a number, as the type is float');
  if (type === 'boolean' && typeof value !== 'boolean') place.mustBe('true or false, as the type is boolean');
  if (type === 'string' && typeof value !== 'string') place.mustBe('a text, as the type is string; write it in quotes');
}
