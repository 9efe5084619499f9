// Relations: who is in them, what is in their databags, and their events.

import type { Case, RelationData, Step } from '../case.ts';

const db: RelationData = {
  endpoint: 'db',
  id: 1,
  remoteAppName: 'pg',
  remoteAppData: { url: 'sql' },
  remoteUnitsData: { 0: { a: '0' }, 2: { a: '2' } },
};
const one: RelationData = { ...db, remoteUnitsData: { 0: { a: '0' } } };
const site: RelationData = { endpoint: 'site', id: 2, remoteAppName: 'proxy' };
const other: RelationData = { endpoint: 'site', id: 3, remoteAppName: 'cdn', remoteUnitsData: { 5: {} } };
const peers: RelationData = {
  kind: 'peer',
  endpoint: 'peers',
  id: 4,
  localAppData: { key: 'v' },
  peersData: { 1: { p: '1' }, 3: { p: '3' } },
};
const logs: RelationData = {
  kind: 'subordinate',
  endpoint: 'logs',
  id: 5,
  remoteAppName: 'loki',
  remoteUnitId: 2,
  remoteUnitData: { u: 'u' },
  remoteAppData: { p: 'q' },
};
const KINDS = ['relation-created', 'relation-joined', 'relation-changed'];

export const relationCases: readonly Case[] = [
  ...KINDS.map((kind): Case => ({
    name: `${kind} of a requirer`,
    event: { kind, relation: 1 },
    state: { relations: [one] },
    steps: [['event-relation'], ['event-units']],
  })),
  ...KINDS.map((kind): Case => ({
    name: `${kind} of peers`,
    event: { kind, relation: 4, ...(kind !== 'relation-created' && { remoteUnit: 3 }) },
    state: { relations: [peers] },
    steps: [['event-relation'], ['event-units']],
  })),
  ...KINDS.map((kind): Case => ({
    name: `${kind} of a subordinate`,
    event: { kind, relation: 5 },
    state: { relations: [logs] },
    steps: [['event-relation'], ['event-units']],
  })),
  ...KINDS.slice(1).map((kind): Case => ({
    name: `${kind} of a given unit`,
    event: { kind, relation: 1, remoteUnit: 2 },
    state: { relations: [db] },
    steps: [['event-relation'], ['event-data', 'pg/2']],
  })),
  {
    name: 'a unit departs',
    event: { kind: 'relation-departed', relation: 1, remoteUnit: 2, departingUnit: 2 },
    state: { relations: [db] },
    steps: [['event-relation'], ['departing'], ['event-data', 'pg/2']],
  },
  {
    name: 'who departs is the remote unit, if nobody says',
    event: { kind: 'relation-departed', relation: 1, remoteUnit: 2 },
    state: { relations: [db] },
    steps: [['event-relation'], ['departing']],
  },
  {
    name: 'a relation is broken',
    event: { kind: 'relation-broken', relation: 1 },
    state: { relations: [{ ...db, remoteUnitsData: {} }] },
    steps: [['event-relation'], ['event-data', 'remote-app'], ['relations', 'db']],
  },
  {
    name: 'a broken relation beside another',
    event: { kind: 'relation-broken', relation: 2 },
    state: { relations: [site, other] },
    steps: [['relations', 'site']],
  },
  {
    name: 'relations are listed',
    event: { kind: 'start' },
    state: { relations: [other, site, db] },
    steps: [
      ['relations', 'site'],
      ['relations', 'db'],
    ],
  },
  { name: 'an endpoint without relations', event: { kind: 'start' }, steps: [['relations', 'db']] },
  {
    name: 'peers are listed',
    event: { kind: 'start' },
    state: { relations: [peers] },
    steps: [['relations', 'peers']],
  },
  {
    name: 'peers that are alone',
    event: { kind: 'start' },
    state: { relations: [{ ...peers, peersData: {} }] },
    steps: [['relations', 'peers']],
  },
  {
    name: 'a subordinate is listed',
    event: { kind: 'start' },
    state: { relations: [logs] },
    steps: [['relations', 'logs']],
  },
  ...reads(),
  ...writes(),
  {
    name: 'a relation event is deferred',
    event: { kind: 'relation-changed', relation: 1 },
    state: { relations: [one] },
    steps: [['defer']],
  },
  {
    name: 'a deferred relation event comes again',
    event: { kind: 'start' },
    deferred: [{ kind: 'relation-changed', relation: 1, remoteUnit: 2 }],
    state: { relations: [db] },
    handlers: { 'db-relation-changed': [['event-relation'], ['relation-set', 'db', 'own-unit', { seen: 'yes' }]] },
  },
];

function reads(): readonly Case[] {
  const read = (name: string, relation: RelationData, member: string, leader = false): Case => ({
    name,
    event: { kind: 'start' },
    state: { relations: [relation], leader },
    steps: [['try', ['relation-get', relation.endpoint, member]]],
  });
  return [
    read('data of the remote application', db, 'remote-app'),
    read('data of a remote unit', db, 'pg/2'),
    read('data of our own unit', { ...db, localUnitData: { mine: 'yes' } }, 'own-unit'),
    read('data of our own application, by the leader', { ...db, localAppData: { ours: 'yes' } }, 'own-app', true),
    read('data of our own application, by a follower', { ...db, localAppData: { ours: 'yes' } }, 'own-app'),
    read('data of the application among peers, by a follower', peers, 'own-app'),
    read('data of the application among peers, by the leader', peers, 'own-app', true),
    read('data of a peer', peers, 'app/3'),
    read('data of a principal', logs, 'loki/2'),
    read('data of the application of a principal', logs, 'remote-app'),
  ];
}

function writes(): readonly Case[] {
  const write = (name: string, relation: RelationData, steps: readonly Step[], leader = false): Case => ({
    name,
    event: { kind: 'start' },
    state: { relations: [relation], leader },
    steps,
  });
  const set = (endpoint: string, member: string, values: object): Step => ['relation-set', endpoint, member, values];
  return [
    write('a unit writes its data', site, [set('site', 'own-unit', { port: '80', path: '/' })]),
    write('a unit changes its data', { ...site, localUnitData: { port: '1', old: 'x' } }, [
      set('site', 'own-unit', { port: '80' }),
    ]),
    write('an empty value deletes', { ...site, localUnitData: { port: '1', old: 'x' } }, [
      set('site', 'own-unit', { old: '' }),
    ]),
    write('nothing is written', { ...site, localUnitData: { port: '1' } }, [set('site', 'own-unit', { port: '1' })]),
    write('what was written is read', site, [
      set('site', 'own-unit', { a: 'b' }),
      ['relation-get', 'site', 'own-unit'],
    ]),
    write('the leader writes for the application', site, [set('site', 'own-app', { a: 'b' })], true),
    write('a follower may not write for the application', site, [['try', set('site', 'own-app', { a: 'b' })]]),
    write('nobody writes for the remote application', site, [['try', set('site', 'remote-app', { a: 'b' })]], true),
    write('nobody writes for a remote unit', site, [['try', set('site', 'proxy/0', { a: 'b' })]], true),
    write('a peer writes its data', peers, [set('peers', 'own-unit', { ip: '1' })]),
    write('the leader writes for its peers', peers, [set('peers', 'own-app', { key: 'new', more: '1' })], true),
    write('a follower may not write for its peers', peers, [['try', set('peers', 'own-app', { key: 'new' })]]),
    write('a subordinate writes its data', logs, [set('logs', 'own-unit', { to: 'disk' })]),
    {
      name: 'several relations are written',
      event: { kind: 'start' },
      state: { relations: [site, other] },
      steps: [set('site', 'own-unit', { p: '1' })],
    },
  ];
}
