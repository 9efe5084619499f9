// Relations: who is in them, what they say, and when the charm hears of it.

import type { Call, Script } from '../script.ts';

const BEGIN: Call = ['begin'];
const db = (options: { readonly [key: string]: Readonly<Record<string, string>> } = {}): Call => [
  'addRelation',
  'db',
  'pg',
  { options },
];

export const relationScripts: readonly Script[] = [
  {
    name: 'the sample',
    calls: [db(), BEGIN, ['addRelationUnit', 0, 'pg/0'], ['updateRelationData', 0, 'pg/0', { key: 'val' }]],
  },
  {
    name: 'nothing is heard before begin',
    calls: [db({ unitData: { a: '1' } }), ['updateRelationData', 0, 'pg/0', { a: '2' }], BEGIN, ['data', 0, 'pg/0']],
  },
  { name: 'created after begin', calls: [BEGIN, db(), ['relations', 'db'], ['units', 'db', 0]] },
  {
    name: 'with data of the application',
    calls: [BEGIN, db({ appData: { a: '1' } }), ['data', 0, 'pg'], ['data', 0, 'pg/0']],
  },
  {
    name: 'with data of the unit',
    calls: [BEGIN, db({ unitData: { a: '1' } }), ['data', 0, 'pg'], ['data', 0, 'pg/0']],
  },
  { name: 'with both', calls: [BEGIN, db({ appData: { a: '1' }, unitData: { b: '2' } })] },
  { name: 'with empty data', calls: [BEGIN, db({ appData: {}, unitData: {} })] },
  {
    name: 'ids count up over all endpoints',
    calls: [BEGIN, db(), ['addRelation', 'site', 'lb'], ['addRelation', 'cluster', 'app'], db()],
  },
  { name: 'ids are not used twice', calls: [BEGIN, db(), ['removeRelation', 0], db(), ['relations', 'db']] },
  {
    name: 'several units join',
    calls: [BEGIN, db(), ['addRelationUnit', 0, 'pg/2'], ['addRelationUnit', 0, 'pg/0'], ['units', 'db', 0]],
  },
  {
    name: 'the same data is no news',
    calls: [BEGIN, db({ unitData: { a: '1' } }), ['updateRelationData', 0, 'pg/0', { a: '1' }]],
  },
  {
    name: 'one of two keys is news',
    calls: [
      BEGIN,
      db({ unitData: { a: '1' } }),
      ['updateRelationData', 0, 'pg/0', { a: '1', b: '2' }],
      ['data', 0, 'pg/0'],
    ],
  },
  { name: 'no data is no news', calls: [BEGIN, db({ unitData: { a: '1' } }), ['updateRelationData', 0, 'pg/0', {}]] },
  {
    name: 'an empty value deletes',
    calls: [BEGIN, db({ unitData: { a: '1' } }), ['updateRelationData', 0, 'pg/0', { a: '' }], ['data', 0, 'pg/0']],
  },
  {
    name: 'an empty value of what is not there is news',
    calls: [BEGIN, db({ unitData: { a: '1' } }), ['updateRelationData', 0, 'pg/0', { z: '' }], ['data', 0, 'pg/0']],
  },
  { name: 'data of the remote application', calls: [BEGIN, db(), ['updateRelationData', 0, 'pg', { a: '1' }]] },
  {
    name: 'data of our unit is no news',
    calls: [BEGIN, db(), ['updateRelationData', 0, 'app/0', { a: '1' }], ['data', 0, 'app/0']],
  },
  {
    name: 'data of our application is no news',
    calls: [BEGIN, db(), ['updateRelationData', 0, 'app', { a: '1' }], ['data', 0, 'app']],
  },
  {
    name: 'data of our application of a provider',
    calls: [BEGIN, ['setLeader', true], ['addRelation', 'site', 'lb'], ['updateRelationData', 0, 'app', { a: '1' }]],
  },
  {
    name: 'peers hear what the leader writes',
    calls: [BEGIN, ['addRelation', 'cluster', 'app'], ['updateRelationData', 0, 'app', { a: '1' }], ['data', 0, 'app']],
  },
  {
    name: 'the leader does not hear itself',
    calls: [
      ['setLeader', true],
      BEGIN,
      ['addRelation', 'cluster', 'app'],
      ['updateRelationData', 0, 'app', { a: '1' }],
    ],
  },
  {
    name: 'peers join, speak and leave',
    calls: [
      BEGIN,
      ['addRelation', 'cluster', 'app'],
      ['addRelationUnit', 0, 'app/1'],
      ['updateRelationData', 0, 'app/1', { a: '1' }],
      ['planned'],
      ['removeRelationUnit', 0, 'app/1'],
      ['planned'],
    ],
  },
  {
    name: 'a unit leaves',
    handlers: { 'db-relation-departed': [['units'], ['read']] },
    calls: [
      db({ unitData: { a: '1' } }),
      BEGIN,
      ['addRelationUnit', 0, 'pg/1'],
      ['removeRelationUnit', 0, 'pg/0'],
      ['units', 'db', 0],
    ],
  },
  {
    name: 'a relation is removed',
    handlers: { 'db-relation-broken': [['units'], ['related']] },
    calls: [
      db({ unitData: { a: '1' } }),
      BEGIN,
      ['addRelationUnit', 0, 'pg/1'],
      ['removeRelation', 0],
      ['relations', 'db'],
    ],
  },
  {
    name: 'one of two relations is removed',
    handlers: { 'db-relation-broken': [['related']] },
    calls: [db(), db(), BEGIN, ['removeRelation', 0], ['relations', 'db']],
  },
  {
    name: 'removed before begin',
    calls: [db({ unitData: { a: '1' } }), ['removeRelation', 0], BEGIN, ['relations', 'db']],
  },
  {
    name: 'the remote application is read in broken',
    handlers: { 'db-relation-broken': [['read']] },
    calls: [db({ appData: { a: '1' } }), BEGIN, ['removeRelation', 0]],
  },
  {
    name: 'a peer relation is removed',
    calls: [BEGIN, ['addRelation', 'cluster', 'app'], ['addRelationUnit', 0, 'app/3'], ['removeRelation', 0]],
  },
  {
    name: 'handlers read who changed',
    handlers: { 'db-relation-changed': [['read'], ['units']] },
    calls: [BEGIN, db({ appData: { a: '1' }, unitData: { b: '2' } })],
  },
  {
    name: 'handlers write for their unit',
    handlers: { 'db-relation-joined': [['set-unit', 'k', 'v']] },
    calls: [BEGIN, db({ unitData: { a: '1' } }), ['data', 0, 'app/0']],
  },
  {
    name: 'handlers delete with an empty value',
    handlers: {
      'db-relation-joined': [
        ['set-unit', 'k', 'v'],
        ['set-unit', 'k', ''],
      ],
    },
    calls: [BEGIN, db({ unitData: { a: '1' } }), ['data', 0, 'app/0']],
  },
  {
    name: 'the leader writes for its application',
    handlers: { 'db-relation-created': [['set-app', 'k', 'v']] },
    calls: [['setLeader', true], BEGIN, db(), ['data', 0, 'app']],
  },
  {
    name: 'others may not write for their application',
    handlers: { 'db-relation-created': [['set-app', 'k', 'v']] },
    calls: [BEGIN, db()],
  },
  {
    name: 'leadership is asked for each time',
    handlers: { 'db-relation-created': [['leads']] },
    calls: [BEGIN, db(), ['setLeader', true], db(), ['setLeader', false], db()],
  },
  {
    name: 'hooks disabled',
    calls: [
      BEGIN,
      ['disableHooks'],
      db({ unitData: { a: '1' } }),
      ['removeRelationUnit', 0, 'pg/0'],
      ['enableHooks'],
      ['updateRelationData', 0, 'pg', { a: '2' }],
    ],
  },
  {
    name: 'hooks disabled for a while',
    calls: [
      BEGIN,
      ['withHooksDisabled', ['addRelation', 'db', 'pg'], ['addRelationUnit', 0, 'pg/0']],
      ['updateRelationData', 0, 'pg/0', { a: '1' }],
    ],
  },
  {
    name: 'a while within disabled hooks does not enable them',
    calls: [BEGIN, ['disableHooks'], ['withHooksDisabled', ['setLeader', true]], db()],
  },
  {
    name: 'removed with hooks disabled',
    calls: [db({ unitData: { a: '1' } }), BEGIN, ['withHooksDisabled', ['removeRelation', 0]], ['relations', 'db']],
  },
  {
    name: 'a handler that throws',
    handlers: { 'db-relation-joined': [['crash']] },
    calls: [BEGIN, db(), ['addRelationUnit', 0, 'pg/0'], ['units', 'db', 0]],
  },
  {
    name: 'deferred until it is emitted again',
    handlers: { 'db-relation-created': [['defer']] },
    calls: [BEGIN, db(), ['reemit'], ['reemit']],
  },
  {
    name: 'an equal event is delivered beside a deferred one',
    handlers: { 'db-relation-changed': [['defer']] },
    calls: [BEGIN, db({ unitData: { a: '1' } }), ['updateRelationData', 0, 'pg/0', { a: '2' }], ['reemit']],
  },
  { name: 'an unknown endpoint', calls: [BEGIN, ['addRelation', 'nope', 'pg'], ['relations', 'db']] },
  {
    name: 'an unknown relation',
    calls: [
      BEGIN,
      ['removeRelation', 7],
      ['addRelationUnit', 7, 'pg/0'],
      ['removeRelationUnit', 7, 'pg/0'],
      ['updateRelationData', 7, 'pg', {}],
      ['data', 7, 'pg'],
    ],
  },
  {
    name: 'data of who is not in the relation',
    calls: [
      BEGIN,
      db(),
      ['updateRelationData', 0, 'other', { a: '1' }],
      ['updateRelationData', 0, 'other/0', { a: '1' }],
      ['updateRelationData', 0, 'pg/5', { a: '1' }],
    ],
  },
  {
    name: 'data that is no string',
    calls: [
      BEGIN,
      db({ unitData: { a: '1' } }),
      ['updateRelationData', 0, 'pg/0', { a: 1 }],
      ['updateRelationData', 0, 'pg', { a: null }],
    ],
  },
  { name: 'a unit that is not there leaves', calls: [BEGIN, db(), ['removeRelationUnit', 0, 'pg/9']] },
  { name: 'networks of relations', calls: [db(), BEGIN, ['binding', 'db'], ['binding', 'db', 0]] },
  {
    name: 'a network for an endpoint',
    calls: [
      db(),
      ['addNetwork', '10.1.2.3', { options: { endpoint: 'db' } }],
      BEGIN,
      ['binding', 'db'],
      ['binding', 'db', 0],
    ],
  },
  {
    name: 'a network for a relation',
    calls: [
      db(),
      ['addNetwork', '10.1.2.3', { options: { endpoint: 'db', relationId: 0, cidr: '10.1.0.0/16', interface: 'lan' } }],
      BEGIN,
      ['binding', 'db'],
      ['binding', 'db', 0],
    ],
  },
  {
    name: 'a network for all',
    calls: [
      ['addNetwork', '10.9.8.7', { options: { ingressAddresses: ['1.2.3.4'], egressSubnets: ['1.0.0.0/8'] } }],
      db(),
      BEGIN,
      ['binding', 'db'],
      ['binding', 'site'],
      ['binding', 'db', 0],
    ],
  },
  { name: 'a network of IPv6', calls: [['addNetwork', '2001:db8::7'], BEGIN, ['binding', 'site']] },
  { name: 'a network of IPv6 in full', calls: [['addNetwork', '2001:db8:1:2:3:4:5:6'], BEGIN, ['binding', 'site']] },
  {
    name: 'networks that cannot be',
    calls: [
      db(),
      ['addNetwork', 'nope'],
      ['addNetwork', '1.2.3.4', { options: { endpoint: 'nope' } }],
      ['addNetwork', '1.2.3.4', { options: { relationId: 0 } }],
      ['addNetwork', '1.2.3.4', { options: { endpoint: 'db', relationId: 3 } }],
      ['addNetwork', '1.2.3.4', { options: { endpoint: 'site', relationId: 0 } }],
    ],
  },
];
