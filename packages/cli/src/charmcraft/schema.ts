// What charmcraft.yaml, metadata.yaml, config.yaml and actions.yaml may hold: charmcraft's own schema (canonical/charmcraft,
// schema/charmcraft.json) and, where it is stricter, Juju's reader of charms (juju/charm: meta.go, config.go, actions.go).

import { checkKeywords, schemas } from './json-schema.ts';
import { actionName, anyName, charmName } from './names.ts';
import { isMapping, type Place, type Shape } from './place.ts';
import { base, buildBase, checkPlatforms } from './platforms.ts';
import { SECTIONS } from './sections.ts';
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
  oneOrMore,
  string,
  text,
  url,
} from './shapes.ts';

const OPTION_TYPES = ['string', 'int', 'float', 'boolean', 'secret'];

const optionFields = fields(
  { type: oneOf(...OPTION_TYPES), default: anything, description: string },
  { required: ['type'], others: 'ignored' },
);

const option: Shape = (place) => {
  optionFields(place);
  requireDefaultOfType(place.field('type').value, place.field('default'));
};

const actionFields = fields(
  {
    description: string,
    title: string,
    params: schemas,
    required: anything,
    additionalProperties: anything,
    parallel: boolean,
    'execution-group': string,
  },
  { others: 'anything', mayBeEmpty: false },
);

const action: Shape = (place) => {
  if (place.value === null) return;
  actionFields(place);
  checkKeywords(place);
};

const LINKS: Shape = fields({
  contact: oneOrMore(text),
  documentation: url,
  issues: oneOrMore(url),
  source: oneOrMore(url),
  website: oneOrMore(url),
});

const title = matching(/^[\s\S]{2,40}$/, 'a text of 2 to 40 characters');
const summary = matching(/^[\s\S]{1,200}$/, 'a text of at most 200 characters');

const configFields = fields(
  { options: entries('config option', anyName, option) },
  { others: 'ignored', mayBeEmpty: false },
);

/** The whole of config.yaml. */
export const configYaml: Shape = (place) => {
  configFields(place);
  const isWithoutOptions = isMapping(place.value) && !Object.hasOwn(place.value, 'options');
  if (isWithoutOptions && Object.keys(place.value).length > 0)
    place.field('options').report('missing-key', 'is missing');
};

/** The whole of actions.yaml. */
export const actionsYaml: Shape = entries('action', actionName, action);

const CHARMCRAFT: Readonly<Record<string, Shape>> = {
  name: named(charmName),
  type: oneOf('charm'),
  title,
  summary,
  description: text,
  version: anything,
  base,
  'build-base': buildBase,
  platforms: anything,
  parts: mapping,
  links: LINKS,
  ...SECTIONS,
  actions: actionsYaml,
  config: configYaml,
  analysis: mapping,
  charmhub: mapping,
  'charm-libs': listOf(fields({ lib: text, version: text }, { required: ['lib', 'version'] })),
  'adopt-info': text,
  'package-repositories': listOf(mapping),
};

const PLATFORMS = 'base and platforms, as base: ubuntu@24.04 and platforms: {amd64: }';

/** What another key stands for now. */
const LEGACY: ReadonlyMap<string, string> = new Map([
  ['series', 'base and platforms of charmcraft.yaml'],
  ['min-juju-version', 'assumes, as assumes: [juju >= 3.6]'],
  ['deployment', 'assumes, as assumes: [k8s-api]'],
]);

/** @param beside whether metadata.yaml has what the charm is called. */
export function charmcraftYaml(beside: boolean): Shape {
  const required = beside ? ['type'] : ['name', 'type', 'summary', 'description'];
  const shape = fields({ ...CHARMCRAFT, bases: anything }, { required });
  return (place) => {
    shape(place);
    if (!isMapping(place.value)) return;
    checkPlatforms(place);
    if (Object.hasOwn(place.value, 'bases')) {
      place.field('bases').reportKey('incomplete', `is of the past; charms are packed by ${PLATFORMS}`);
    } else if (place.field('platforms').value === undefined) {
      place.field('platforms').report('incomplete', `is missing; charms are packed by ${PLATFORMS}`);
    }
    if (place.field('parts').value === undefined) {
      place.field('parts').report('incomplete', 'is missing; charmcraft pack needs it, charmed pack does not');
    }
  };
}

const METADATA: Readonly<Record<string, Shape>> = {
  name: named(charmName),
  'display-name': string,
  summary: string,
  description: string,
  ...SECTIONS,
  ...legacy('series', 'min-juju-version', 'deployment'),
  maintainer: string,
  maintainers: listOf(string),
  contact: anything,
  docs: anything,
  issues: anything,
  source: anything,
  website: anything,
  tags: listOf(string),
  categories: listOf(string),
  payloads: mapping,
  revision: integer,
  format: integer,
};

/** All of metadata.yaml, which goes into the charm as it is. */
export const metadataYaml: Shape = fields(METADATA, {
  required: ['name', 'summary', 'description'],
  others: 'ignored',
  mayBeEmpty: false,
});

/** What Juju and Charmhub read of metadata.yaml. */
export const METADATA_KEYS: readonly string[] = Object.keys(METADATA);

function legacy(...keys: readonly string[]): Readonly<Record<string, Shape>> {
  const shape = (place: Place) => place.reportKey('legacy-key', `is of the past; write ${LEGACY.get(place.name)}`);
  return Object.fromEntries(keys.map((key) => [key, shape]));
}

function requireDefaultOfType(type: unknown, place: Place): void {
  const { value } = place;
  if (value === undefined || value === null) return;
  if (type === 'int' && !Number.isSafeInteger(value)) place.mustBe('an integer, as the type is int');
  if (type === 'float' && !Number.isFinite(value)) place.mustBe('a number, as the type is float');
  if (type === 'boolean' && typeof value !== 'boolean') place.mustBe('true or false, as the type is boolean');
  if (type === 'string' && typeof value !== 'string') place.mustBe('a text, as the type is string; write it in quotes');
  if (type === 'secret' && !(typeof value === 'string' && /^(?:secret:\S*)?$/.test(value))) {
    place.mustBe('the address of a secret, secret:…, as the type is secret; such options mostly have no default');
  }
}
