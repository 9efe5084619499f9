// Events of a Python charm, and how a charm observes them here.

import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { eventTypeNames } from '../types/render.ts';
import type { PythonEvent } from './python/charm-class.ts';

export interface ObservedEvent {
  /** Juju's name, such as `db-relation-changed`. */
  readonly kind: string;
  /** Such as `this.on.relation('db').changed`. */
  readonly code: string;
  /** Of the argument of a handler. */
  readonly type: string;
  /** Whether the type is one of the charm's own, in src/charm.gen.ts. */
  readonly isOwn: boolean;
}

const OF_THE_CHARM: ReadonlySet<string> = new Set([
  'install',
  'start',
  'stop',
  'remove',
  'config_changed',
  'update_status',
  'upgrade_charm',
  'leader_elected',
  'leader_settings_changed',
  'pre_series_upgrade',
  'post_series_upgrade',
  'collect_metrics',
  'secret_changed',
  'secret_rotate',
  'secret_remove',
  'secret_expired',
]);
const COLLECT_STATUS: ReadonlySet<string> = new Set(['collect_unit_status', 'collect_app_status']);

interface Noun {
  readonly sections: readonly ('requires' | 'provides' | 'peers' | 'containers' | 'storage')[];
  /** The method of `this.on`. */
  readonly method: string;
  /** What is behind the name in Python, and the property here. */
  readonly events: Readonly<Record<string, string>>;
}

const NOUNS: readonly Noun[] = [
  {
    sections: ['requires', 'provides', 'peers'],
    method: 'relation',
    events: {
      relation_created: 'created',
      relation_joined: 'joined',
      relation_changed: 'changed',
      relation_departed: 'departed',
      relation_broken: 'broken',
    },
  },
  {
    sections: ['containers'],
    method: 'container',
    events: {
      pebble_ready: 'pebbleReady',
      pebble_custom_notice: 'pebbleCustomNotice',
      pebble_check_failed: 'pebbleCheckFailed',
      pebble_check_recovered: 'pebbleCheckRecovered',
    },
  },
  {
    sections: ['storage'],
    method: 'storage',
    events: { storage_attached: 'attached', storage_detaching: 'detaching' },
  },
];

/** `undefined` for an event that neither ops nor charmcraft.yaml has, such as one that the charm defines. */
export function observedEvent(event: PythonEvent, charmcraft: Charmcraft): ObservedEvent | undefined {
  if (event.key === undefined && (OF_THE_CHARM.has(event.name) || COLLECT_STATUS.has(event.name))) {
    return ofTheCharm(event.name);
  }
  return ofNoun(event, charmcraft) ?? ofAction(event, charmcraft);
}

function ofTheCharm(name: string): ObservedEvent {
  const type = COLLECT_STATUS.has(name) ? 'CollectStatusEvent' : `${pascalCase(name)}Event`;
  return { kind: name.replaceAll('_', '-'), code: `this.on.${camelCase(name)}`, type, isOwn: false };
}

function ofNoun(event: PythonEvent, charmcraft: Charmcraft): ObservedEvent | undefined {
  for (const { sections, method, events } of NOUNS) {
    for (const name of sections.flatMap((section) => Object.keys(charmcraft[section] ?? {}))) {
      const suffix = suffixOf(event, name);
      const property = suffix === undefined ? undefined : events[suffix];
      if (suffix === undefined || property === undefined) continue;
      const code = `this.on.${method}(${quoted(name)}).${property}`;
      return { kind: `${name}-${suffix.replaceAll('_', '-')}`, code, type: `${pascalCase(suffix)}Event`, isOwn: false };
    }
  }
  return undefined;
}

function ofAction(event: PythonEvent, charmcraft: Charmcraft): ObservedEvent | undefined {
  for (const [action, type] of eventTypeNames(Object.keys(charmcraft.actions ?? {}))) {
    if (suffixOf(event, action) !== 'action') continue;
    return { kind: `${action}-action`, code: `this.on.action(${quoted(action)})`, type, isOwn: true };
  }
  return undefined;
}

/** What is behind the name of a relation or the like: `relation_changed` of `db_relation_changed` for `db`. */
function suffixOf({ key, name }: PythonEvent, of: string): string | undefined {
  if (key !== undefined) return key === of ? name : undefined;
  const prefix = `${of.replaceAll('-', '_')}_`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}

function quoted(name: string): string {
  return `'${name.replaceAll(/['\\]/g, '\\$&')}'`;
}

/** `config_changed`: `configChanged`. */
export function camelCase(name: string): string {
  return name.replace(/^_+/, '').replaceAll(/_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
}

function pascalCase(name: string): string {
  const camel = camelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}
