// Transitions at random: a state, an event that it allows, and a handler of a few steps.

import * as fc from 'fast-check';
import type { Case, ContainerData, EventData, RelationData, StateData, Step } from './case.ts';

const SECRET_ID = 'secret:cvq8ssvmp25c7bkjkl6g';
const layer = {
  summary: 'l',
  services: {
    web: { override: 'replace', summary: 's', command: 'serve', startup: 'enabled' },
    job: { override: 'replace', summary: 's', command: 'work' },
  },
};

const text = fc.constantFrom('', 'a', 'b c', 'ü', '1');
const key = fc.constantFrom('a-key', 'b-key', 'url');
const bag = fc.dictionary(key, fc.constantFrom('a', 'b c', '1'), { maxKeys: 2 });
const content = fc.dictionary(key, fc.constantFrom('x', 'y'), { minKeys: 1, maxKeys: 2 });
const status = fc.constantFrom('active', 'blocked', 'maintenance', 'waiting');
const port = fc.constantFrom(80, 443, 8080);
const protocol = fc.constantFrom('tcp' as const, 'udp' as const);
const endpoint = fc.constantFrom('db', 'site', 'peers', 'logs');
const member = fc.constantFrom('own-unit', 'own-app', 'remote-app');
const file = fc.constantFrom('/a/f', '/etc/app.conf', '/srv/x/f');
const directory = fc.constantFrom('/a', '/etc', '/srv/x');
const path = fc.oneof(file, directory);
const service = fc.constantFrom('web', 'job');
const label = fc.constant({ label: 'mine' });
const flag = fc.boolean();

const verb = (name: string, ...args: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<Step> =>
  fc.tuple(...args).map((given): Step => [name, ...given]);

const MODEL_STEPS: readonly fc.Arbitrary<Step>[] = [
  verb('status', status, text),
  verb('app-status', status, text),
  verb('read-status'),
  verb('read-app-status'),
  verb('version', text),
  verb('is-leader'),
  verb('config'),
  verb('planned-units'),
  verb('model'),
  verb('relations', endpoint),
  verb('relation-get', endpoint, member),
  verb('relation-set', endpoint, member, fc.dictionary(key, text, { maxKeys: 2 })),
  fc.uniqueArray(port, { maxLength: 2 }).map((ports): Step => ['set-ports', ...ports]),
  verb('open-port', protocol, port),
  verb('close-port', protocol, port),
  verb('open-port', fc.constant('icmp')),
  verb('ports'),
  verb('defer'),
  verb('log', fc.constantFrom('INFO', 'WARNING'), fc.constantFrom('say a', 'say b')),
  verb('count', fc.integer({ min: -2, max: 5 })),
  verb('read-count'),
  verb('emit', text),
  verb('raise', text),
  verb('storages', fc.constant('data')),
  verb('request-storage', fc.constant('data'), fc.integer({ min: 1, max: 3 })),
  verb('network', fc.constantFrom('db', 'admin', 'juju-info')),
];

const SECRET_STEPS: readonly fc.Arbitrary<Step>[] = [
  verb('secret-get', label, fc.constantFrom('tracked', 'refresh', 'peek')),
  verb('secret-add', fc.constant('unit'), content, fc.constantFrom('new', 'newer')),
  verb('secret-set', label, content),
  verb('secret-describe', label, fc.constantFrom('what', 'why')),
  verb('secret-grant', label, fc.constantFrom('db', 'site')),
  verb('secret-revoke', label, fc.constantFrom('db', 'site')),
  verb('secret-remove', label),
  verb('secret-remove-revision', label, fc.constantFrom(1, 20)),
];

const CONTAINER_STEPS: readonly fc.Arbitrary<Step>[] = [
  verb('can-connect'),
  verb('add-layer', fc.constantFrom('base', 'top'), fc.constant(layer)),
  verb('replan'),
  verb('start', service),
  verb('stop', service),
  verb('restart', service),
  verb('services'),
  verb('plan'),
  verb('push', file, text, flag),
  verb('pull', path),
  verb('exists', path),
  verb('is-dir', path),
  verb('make-dir', directory, flag),
  verb('remove-path', path, flag),
  verb('list-files', path),
  verb('exec', fc.constantFrom(['say'], ['say', 'x'], ['none'], ['fail'])),
  verb('checks'),
];

/** Each on its own, so that one that fails does not hide the others. */
const step: fc.Arbitrary<Step> = fc
  .oneof(fc.oneof(...MODEL_STEPS), fc.oneof(...SECRET_STEPS), fc.oneof(...CONTAINER_STEPS))
  .map((each) => (each[0] === 'raise' ? each : ['try', each]));

const remoteUnits = fc.constantFrom({ 0: {} }, { 0: { url: 'u' }, 3: {} }, { 1: {} });
const relation: fc.Arbitrary<RelationData> = fc.oneof(
  fc.record({
    endpoint: fc.constantFrom('db', 'site'),
    id: fc.nat(30),
    remoteAppName: fc.constantFrom('pg', 'proxy'),
    localAppData: bag,
    localUnitData: bag,
    remoteAppData: bag,
    remoteUnitsData: remoteUnits,
  }),
  fc.record({
    kind: fc.constant('peer' as const),
    endpoint: fc.constant('peers'),
    id: fc.nat(30),
    localAppData: bag,
    localUnitData: bag,
    peersData: fc.constantFrom({}, { 1: {} }, { 1: { url: 'p' }, 2: {} }),
  }),
  fc.record({
    kind: fc.constant('subordinate' as const),
    endpoint: fc.constant('logs'),
    id: fc.nat(30),
    localUnitData: bag,
    remoteUnitData: bag,
    remoteUnitId: fc.nat(2),
  }),
);

const container: fc.Arbitrary<ContainerData> = fc.record({
  name: fc.constantFrom('web', 'side'),
  canConnect: fc.constantFrom(true, true, true, false),
  layers: fc.constantFrom({}, { base: layer }),
  files: fc.constantFrom({}, { '/etc/app.conf': 'port=80' }),
  execs: fc.constant([
    { prefix: ['say'], stdout: 'hi' },
    { prefix: ['fail'], exitCode: 3, stderr: 'no' },
  ]),
});

const secret = fc.record(
  { tracked: content, owner: fc.constant('unit' as const), description: fc.constant('d') },
  { requiredKeys: ['tracked'] },
);

const state: fc.Arbitrary<StateData> = fc.record({
  leader: flag,
  config: fc.record(
    { port: fc.nat(), title: text, ratio: fc.constantFrom(0.25, 1, 2), debug: flag },
    { requiredKeys: [] },
  ),
  relations: fc.uniqueArray(relation, { maxLength: 4, selector: ({ id }) => id }),
  containers: fc.uniqueArray(container, { maxLength: 2, selector: ({ name }) => name }),
  secrets: fc.array(
    secret.map((each) => ({ ...each, id: SECRET_ID, label: 'mine' })),
    { maxLength: 1 },
  ),
  storages: fc.uniqueArray(fc.record({ name: fc.constant('data'), index: fc.nat(3) }), {
    maxLength: 2,
    selector: ({ index }) => index,
  }),
  ports: fc.uniqueArray(fc.tuple(protocol, port), { maxLength: 2, selector: (each) => each.join() }),
  plannedUnits: fc.nat(3),
  workloadVersion: text,
  unitStatus: fc.tuple(status, text),
  appStatus: fc.tuple(status, text),
});

/** An event that can come in that state. */
function eventIn(given: StateData): fc.Arbitrary<EventData> {
  const { relations = [], containers = [], storages = [], secrets = [] } = given;
  const kinds = [
    'start',
    'install',
    'config-changed',
    'update-status',
    'leader-elected',
    'upgrade-charm',
    'stop',
    'remove',
  ];
  return fc.oneof(
    fc.constantFrom(...kinds).map((kind) => ({ kind })),
    fc.constant({ kind: 'action', action: 'do-it' }),
    ...relations.flatMap(({ id, remoteUnitsData, peersData, remoteUnitId }) => {
      const units = Object.keys(remoteUnitsData ?? peersData ?? { [remoteUnitId ?? 0]: {} }).map(Number);
      const about = units.map((remoteUnit) => ({ relation: id, remoteUnit }));
      return [
        fc.constant({ kind: 'relation-created', relation: id }),
        ...about.flatMap((each) =>
          ['relation-joined', 'relation-changed'].map((kind) => fc.constant({ ...each, kind })),
        ),
      ];
    }),
    ...containers.map(({ name }) => fc.constant({ kind: 'pebble-ready', container: name })),
    ...storages.map(({ name, index }) => fc.constant({ kind: 'storage-attached', storage: `${name}/${index}` })),
    ...secrets.flatMap(({ owner }) =>
      owner === undefined ? [fc.constant({ kind: 'secret-changed', secret: 'mine' })] : [],
    ),
  );
}

/**
 * Without what the two differ in on purpose: how revisions are counted, and what a container answers that cannot be reached; and without the
 * revocation of what was not granted, which ends Scenario itself.
 */
function stepsIn({ containers = [], secrets = [] }: StateData): fc.Arbitrary<readonly Step[]> {
  const revocable = secrets.some(({ grants }) => grants);
  const answers = containers.some(({ name, canConnect }) => name === 'web' && canConnect);
  const isUnanswered = ([name]: Step) => !answers && ['checks', 'exec', 'plan'].includes(name);
  const attempt = (each: Step) => (each[0] === 'try' ? (each[1] as Step) : each);
  return fc.array(step, { maxLength: 6 }).map((steps) => {
    const lastSet = steps.findLastIndex((each) => attempt(each)[0] === 'secret-set');
    return steps.filter((each, index) => {
      const tried = attempt(each);
      if (tried[0] === 'secret-revoke' && !revocable) return false;
      return !isUnanswered(tried) && (tried[0] !== 'secret-set' || index === lastSet);
    });
  });
}

export const randomCase: fc.Arbitrary<Case> = state.chain((given) =>
  fc.record({
    name: fc.constant('at random'),
    state: fc.constant(given),
    event: eventIn(given),
    steps: stepsIn(given),
    handlers: fc.record({ ready: fc.constant([['payload']] as Step[]) }, { requiredKeys: [] }),
  }),
);
