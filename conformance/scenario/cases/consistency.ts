// What both refuse, since Juju would never come to it. The number is that of the rule, as it stands in Scenario's checker from top to bottom.

import type { MetaSource } from '@charmed/ops';
import { META, type Case, type ContainerData, type RelationData, type StateData } from '../case.ts';

const check = { override: 'replace', level: 'ready', startup: 'enabled', threshold: 3, tcp: { port: 80 } };
const checked: ContainerData = { name: 'web', layers: { base: { checks: { up: check } } } };
const site: RelationData = { endpoint: 'site', id: 1 };
const id = 'secret:cvq8ssvmp25c7bkjkl6g';

const inState = (name: string, state: StateData, meta: MetaSource = META): Case => ({
  name,
  event: { kind: 'start' },
  state,
  meta,
});
const option = (source: object): MetaSource => ({ ...META, config: { options: { odd: source } } });
const params = (source: object | null): MetaSource => ({ ...META, actions: { backup: { params: { odd: source } } } });

export const consistencyCases: readonly Case[] = [
  { name: 'rule 1: an event of a container that is not declared', event: { kind: 'pebble-ready', container: 'none' } },
  {
    name: 'rule 2: an event of a container that is not in the state',
    event: { kind: 'pebble-ready', container: 'web' },
  },
  {
    name: 'rule 3: a notice that no container has',
    event: { kind: 'pebble-custom-notice', container: 'web', notice: 'example.com/x' },
    state: { containers: [{ name: 'web' }] },
  },
  {
    name: 'rule 4: a check that the container does not have',
    event: { kind: 'pebble-check-failed', container: 'web', check: 'down' },
    state: { containers: [checked] },
  },
  inState('rule 5: a container that is not declared', { containers: [{ name: 'none' }] }),
  inState('rule 6: a check that is not in the plan', { containers: [{ name: 'web', checks: [{ name: 'up' }] }] }),
  inState('rule 7: a check of another level', {
    containers: [{ ...checked, checks: [{ name: 'up', level: 'alive' }] }],
  }),
  inState('rule 8: a check of another startup', {
    containers: [{ ...checked, checks: [{ name: 'up', level: 'ready', startup: 'disabled' }] }],
  }),
  inState('rule 9: a check of another threshold', {
    containers: [{ ...checked, checks: [{ name: 'up', level: 'ready', threshold: 5 }] }],
  }),
  inState('rule 10: an option that is not declared', { config: { none: 1 } }),
  inState('rule 11: an option without a type', { config: { odd: 'x' } }, option({ default: 'x' })),
  inState('rule 12: an option of an unknown type', { config: { odd: 'x' } }, option({ type: 'date' })),
  {
    ...inState('rule 12: a secret option before Juju 3.4', { config: { token: id } }),
    context: { juju_version: '3.3.0' },
  },
  inState('rule 13: an int that is a text', { config: { port: 'x' } }),
  inState('rule 13: a text that is an int', { config: { title: 1 } }),
  inState('rule 13: a boolean that is a text', { config: { debug: 'yes' } }),
  inState('rule 13: a float that is a text', { config: { ratio: 'half' } }),
  inState('rule 13: a float that is a whole number', { config: { ratio: 1 } }),
  inState('rule 14: a secret option that is no id', { config: { token: 'secret:short' } }),
  inState('rule 15: a resource that is not declared', { resources: { none: '/tmp/x' } }),
  {
    name: 'rule 16: an event of its own, which no rule of events is about',
    event: { kind: 'ready', custom: true },
    steps: [['payload']],
  },
  {
    name: 'rule 17: an event of a relation without one',
    event: { kind: 'relation-changed', path: 'site_relation_changed' },
    state: { relations: [site] },
  },
  {
    name: 'rule 19: a relation that is not in the state',
    event: { kind: 'relation-changed', relation: 9, stray: { endpoint: 'site', id: 9 } },
  },
  {
    name: 'rule 19: a relation that is a copy of that in the state',
    event: { kind: 'relation-created', relation: 1, stray: site },
    state: { relations: [site] },
  },
  {
    name: 'rule 19: a relation that is not as in the state',
    event: { kind: 'relation-created', relation: 1, stray: { ...site, remoteAppData: { from: 'event' } } },
    state: { relations: [{ ...site, remoteAppData: { from: 'state' } }] },
  },
  {
    name: 'rule 20: an event of a container without one',
    event: { kind: 'pebble-ready', path: 'web_pebble_ready' },
    state: { containers: [{ name: 'web' }] },
  },
  {
    name: 'rule 22: a container that is not as in the state',
    event: { kind: 'pebble-ready', container: 'web', otherContainer: checked },
    state: { containers: [{ name: 'web' }] },
  },
  {
    name: 'rule 23: an event of a container that cannot be reached',
    event: { kind: 'pebble-ready', container: 'web' },
    state: { containers: [{ name: 'web', canConnect: false }] },
    steps: [['can-connect']],
  },
  {
    name: 'rule 24: two answers for one command',
    event: { kind: 'pebble-ready', container: 'web' },
    state: { containers: [{ name: 'web', execs: [{ prefix: ['a'] }, { prefix: ['a'], exitCode: 1 }] }] },
  },
  {
    name: 'rule 24: one answer, there twice',
    event: { kind: 'pebble-ready', container: 'web' },
    state: { containers: [{ name: 'web', execs: [{ prefix: ['a'] }, { prefix: ['a'] }] }] },
  },
  {
    name: 'rule 24: two answers for one command in another container than that of the event',
    event: { kind: 'pebble-ready', container: 'side' },
    state: {
      containers: [{ name: 'web', execs: [{ prefix: ['a'] }, { prefix: ['a'], exitCode: 1 }] }, { name: 'side' }],
    },
  },
  { name: 'rule 25: an event of an action without one', event: { kind: 'action', path: 'backup_action' } },
  { name: 'rule 27: an action that is not declared', event: { kind: 'action', action: 'none' } },
  {
    name: 'rule 28: a parameter without a type',
    event: { kind: 'action', action: 'backup' },
    meta: params({ description: 'x' }),
  },
  {
    name: 'rule 29: a parameter of an unknown type',
    event: { kind: 'action', action: 'backup' },
    meta: params({ type: 'date' }),
    steps: [['params']],
  },
  {
    name: 'rule 30: a parameter that is not declared',
    event: { kind: 'action', action: 'backup', params: { none: 1 } },
  },
  { name: 'rule 31: a parameter of another type', event: { kind: 'action', action: 'backup', params: { file: 1 } } },
  { name: 'rule 31: an integer that is a text', event: { kind: 'action', action: 'backup', params: { level: 'one' } } },
  { name: 'rule 31: a boolean that is a text', event: { kind: 'action', action: 'backup', params: { deep: 'yes' } } },
  {
    name: 'rule 31: an object that is a text',
    event: { kind: 'action', action: 'backup', params: { options: 'none' } },
  },
  {
    name: 'rule 32: an event of a storage without one',
    event: { kind: 'storage-attached', path: 'data_storage_attached' },
    state: { storages: [{ name: 'data' }] },
  },
  {
    name: 'rule 34: an event of a storage that is not declared',
    event: { kind: 'storage-attached', storage: 'none/0' },
  },
  {
    name: 'rule 35: an event of a storage that is not in the state',
    event: { kind: 'storage-attached', storage: 'data/3' },
    state: { storages: [{ name: 'data', index: 1 }] },
  },
  inState('rule 36: a storage that is not declared', { storages: [{ name: 'none' }] }),
  inState('rule 37: one storage, there twice', { storages: [{ name: 'data' }, { name: 'data' }] }),
  { name: 'rule 38: a secret that is not in the state', event: { kind: 'secret-changed', secret: 'none' } },
  {
    name: 'rule 39: a secret before Juju 3',
    event: { kind: 'secret-changed', secret: 'old' },
    state: { secrets: [{ id, tracked: { 'a-key': 'b' }, label: 'old' }] },
    context: { juju_version: '2.9.0' },
  },
  inState('rule 40: peers that are a relation', { relations: [{ endpoint: 'peers', id: 1 }] }),
  inState('rule 40: a relation of peers that is none', { relations: [{ kind: 'peer', endpoint: 'db', id: 1 }] }),
  inState('rule 41: an endpoint that is not declared', { relations: [{ endpoint: 'none', id: 1 }] }),
  inState('rule 42: two relations of one id', { relations: [site, { endpoint: 'db', id: 1 }] }),
  inState('rule 43: a subordinate on an endpoint that is not', {
    relations: [{ kind: 'subordinate', endpoint: 'site', id: 1 }],
  }),
  inState('rule 43: a relation on an endpoint of subordinates', { relations: [{ endpoint: 'logs', id: 1 }] }),
  inState('rule 44: an endpoint that is declared twice', {}, { ...META, provides: { db: { interface: 'sql' } } }),
  inState('rule 45: our own unit among the peers', {
    relations: [{ kind: 'peer', endpoint: 'peers', id: 1, peersData: { 0: {} } }],
  }),
  {
    name: 'rule 46: a unit joins, and there is none',
    event: { kind: 'relation-joined', relation: 1 },
    state: { relations: [{ ...site, remoteUnitsData: {} }] },
  },
  {
    name: 'rule 46: one of several units changes',
    event: { kind: 'relation-changed', relation: 1 },
    state: { relations: [{ ...site, remoteUnitsData: { 4: {}, 6: {} } }] },
    steps: [['event-relation']],
  },
  inState('rule 47: a network of an unknown binding', {
    networks: [{ binding: 'none', address: '10.0.0.1', ingress: '10.0.0.1', egress: '10.0.0.0/24' }],
  }),
  inState('rule 47: a network of an endpoint of subordinates', {
    networks: [{ binding: 'logs', address: '10.0.0.1', ingress: '10.0.0.1', egress: '10.0.0.0/24' }],
  }),
  inState('rule 48: an extra binding that is an endpoint', {}, { ...META, 'extra-bindings': { db: null } }),
  {
    ...inState('rule 49: the cloud of Kubernetes before Juju 3.6.10', { cloud: true, modelType: 'kubernetes' }),
    context: { juju_version: '3.6.9' },
  },
  inState('rule 50: two stored states of one name', { stored: { count: 1 }, storedTwice: true }),
  inState('rule 51: a stored state of what cannot be stored', { storedOdd: true }),
];
