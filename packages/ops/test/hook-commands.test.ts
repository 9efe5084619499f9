// The exact command line of each hook command, and what becomes of its answer. Answers are those of Juju as far as they are known.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as hookcmds from '../src/hook-commands.ts';
import {
  actionFail,
  actionGet,
  actionLog,
  actionSet,
  addMetric,
  applicationVersionSet,
  closePort,
  configGet,
  credentialGet,
  goalState,
  isLeader,
  jujuLog,
  jujuReboot,
  k8sRawGet,
  k8sRawSet,
  k8sSpecGet,
  k8sSpecSet,
  leaderGet,
  leaderSet,
  networkGet,
  openedPorts,
  openPort,
  payloadRegister,
  payloadStatusSet,
  payloadUnregister,
  podSpecGet,
  podSpecSet,
  relationApplication,
  relationGet,
  relationIds,
  relationList,
  relationModelGet,
  relationSet,
  resourceGet,
  secretAdd,
  secretGet,
  secretGrant,
  secretIds,
  secretInfoGet,
  secretRemove,
  secretRevoke,
  secretSet,
  stateDelete,
  stateGet,
  stateSet,
  statusGet,
  statusSet,
  storageAdd,
  storageGet,
  storageList,
  unitGet,
  type HookRunner,
} from '../src/hook-commands.ts';
import { ScriptedRunner } from './scripted-runner.ts';

interface Case {
  readonly call: (runner: HookRunner) => Promise<unknown>;
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** For commands that answer: what they print and what the caller gets. */
  readonly answers?: readonly (readonly [stdout: string, value: unknown])[];
  readonly garbage?: readonly string[];
  /** For commands that answer in plain text, which cannot be garbage. */
  readonly anyText?: boolean;
}

const unit = { relation: 'db:7', app: false };
const app = { relation: 'db:7', app: true };
const id = 'secret:cvq0000000000000000g';

const CASES: readonly Case[] = [
  {
    call: (r) => actionGet(r),
    argv: ['action-get', '--format=json'],
    answers: [
      ['{"compress":true,"level":3,"to":{"disk":"a"}}', { compress: true, level: 3, to: { disk: 'a' } }],
      ['null', {}],
    ],
    garbage: ['[]', '"x"', '7'],
  },
  {
    call: (r) => actionGet(r, 'level'),
    argv: ['action-get', '--format=json', 'level'],
    answers: [
      ['3', 3],
      ['null\n', null],
      ['["a","b"]\n', ['a', 'b']],
    ],
  },
  { call: (r) => actionSet(r, { 'a.b': 'c=d', e: { f: -1 } }), argv: ['action-set', 'a.b=c=d', 'e.f=-1'] },
  { call: (r) => actionLog(r, '--half done'), argv: ['action-log', '--', '--half done'] },
  { call: (r) => actionFail(r), argv: ['action-fail', '--', ''] },
  {
    call: (r) => addMetric(r, { users: 4.5, 'juju-units': 1 }, { zone: 'a' }),
    argv: ['add-metric', '--labels', 'zone=a', 'users=4.5', 'juju-units=1'],
  },
  { call: (r) => addMetric(r, { users: 4 }), argv: ['add-metric', 'users=4'] },
  { call: (r) => applicationVersionSet(r, '-1.2'), argv: ['application-version-set', '--', '-1.2'] },
  {
    call: (r) => configGet(r),
    argv: ['config-get', '--format=json'],
    answers: [
      [
        '{"port":80,"ratio":0.5,"debug":false,"title":"","unset":null}',
        { port: 80, ratio: 0.5, debug: false, title: '' },
      ],
    ],
    garbage: ['[]', '{"port":{}}', '{"port":[1]}'],
  },
  {
    call: (r) => configGet(r, 'port'),
    argv: ['config-get', '--format=json', 'port'],
    answers: [
      ['8080\n', 8080],
      ['null\n', undefined],
      ['"\\u003ca\\u003e\\u0026"\n', '<a>&'],
    ],
    garbage: ['{}', '[1]'],
  },
  {
    call: credentialGet,
    argv: ['credential-get', '--format=json'],
    answers: [
      [
        '{"type":"lxd","name":"localhost","region":"localhost"}',
        {
          type: 'lxd',
          name: 'localhost',
          region: 'localhost',
          endpoint: undefined,
          identityEndpoint: undefined,
          storageEndpoint: undefined,
          credential: undefined,
          caCertificates: [],
          skipTlsVerify: false,
          isControllerCloud: false,
        },
      ],
      [
        '{"type":"k8s","name":"micro","region":"","endpoint":"https://a","identity-endpoint":"https://b","storage-endpoint":"https://c","credential":{"auth-type":"oauth2","attrs":{"Token":"t"},"redacted":["Key"]},"cacertificates":["PEM"],"skip-tls-verify":true,"is-controller-cloud":true}',
        {
          type: 'k8s',
          name: 'micro',
          region: undefined,
          endpoint: 'https://a',
          identityEndpoint: 'https://b',
          storageEndpoint: 'https://c',
          credential: { authType: 'oauth2', attributes: { Token: 't' }, redacted: ['Key'] },
          caCertificates: ['PEM'],
          skipTlsVerify: true,
          isControllerCloud: true,
        },
      ],
    ],
    garbage: [
      '[]',
      '{}',
      '{"type":"lxd","name":"a","credential":{}}',
      '{"type":"lxd","name":"a","cacertificates":"x"}',
    ],
  },
  {
    call: goalState,
    argv: ['goal-state', '--format=json'],
    answers: [
      ['{"units":{},"relations":{}}', { units: {}, relations: {} }],
      ['{"units":null,"relations":null}', { units: {}, relations: {} }],
      [
        '{"units":{"app/0":{"status":"active","since":"2026-01-02T03:04:05.123456789Z"},"app/1":{"status":"dying"}},"relations":{"db":{"mysql":{"status":"joined","since":"2026-01-02 03:04:05Z"}}}}',
        {
          units: {
            'app/0': { status: 'active', since: new Date('2026-01-02T03:04:05.123Z') },
            'app/1': { status: 'dying', since: undefined },
          },
          relations: { db: { mysql: { status: 'joined', since: new Date('2026-01-02T03:04:05Z') } } },
        },
      ],
    ],
    garbage: ['[]', '{"units":[]}', '{"units":{"a/0":{}}}', '{"units":{"a/0":{"status":"x","since":"soon"}}}'],
  },
  {
    call: isLeader,
    argv: ['is-leader', '--format=json'],
    answers: [
      ['true\n', true],
      ['false', false],
    ],
    garbage: ['null', '"True"', '1'],
  },
  { call: (r) => jujuLog(r, 'WARNING', '-x'), argv: ['juju-log', '--log-level', 'WARNING', '--', '-x'] },
  { call: k8sRawGet, argv: ['k8s-raw-get'], answers: [['a: 1\n', 'a: 1']], anyText: true },
  { call: (r) => k8sRawSet(r, 'a: 1'), argv: ['k8s-raw-set', '--file', '-'], stdin: 'a: 1' },
  { call: k8sSpecGet, argv: ['k8s-spec-get'], answers: [['version: 3\n', 'version: 3']], anyText: true },
  { call: (r) => k8sSpecSet(r, 'version: 3'), argv: ['k8s-spec-set', '--file', '-'], stdin: 'version: 3' },
  {
    call: (r) => k8sSpecSet(r, 'version: 3', { k8sResourcesFile: '/tmp/k8s.yaml' }),
    argv: ['k8s-spec-set', '--file', '-', '--k8s-resources', '/tmp/k8s.yaml'],
    stdin: 'version: 3',
  },
  {
    call: (r) => leaderGet(r),
    argv: ['leader-get', '--format=json'],
    answers: [
      ['{"address":"10.0.0.1"}', { address: '10.0.0.1' }],
      ['{}', {}],
      ['null', {}],
    ],
    garbage: ['[]', '{"address":1}'],
  },
  {
    call: (r) => leaderGet(r, 'address'),
    argv: ['leader-get', '--format=json', 'address'],
    answers: [
      ['"10.0.0.1"', '10.0.0.1'],
      ['null', undefined],
    ],
    garbage: ['{}', '1'],
  },
  { call: (r) => leaderSet(r, { '-a': 'b=c', gone: '' }), argv: ['leader-set', '--', '-a=b=c', 'gone='] },
  {
    call: (r) => networkGet(r, 'db'),
    argv: ['network-get', '--format=json', 'db'],
    answers: [
      [
        '{"bind-addresses":[{"mac-address":"aa:bb:cc:dd:ee:ff","interface-name":"eth0","addresses":[{"hostname":"","value":"10.1.2.3","cidr":"10.1.2.0/24"}]}],"egress-subnets":["10.1.2.3/32"],"ingress-addresses":["10.1.2.3","192.0.2.7"]}\n',
        {
          bindAddresses: [
            {
              interfaceName: 'eth0',
              macAddress: 'aa:bb:cc:dd:ee:ff',
              addresses: [{ hostname: '', value: '10.1.2.3', cidr: '10.1.2.0/24' }],
            },
          ],
          ingressAddresses: ['10.1.2.3', '192.0.2.7'],
          egressSubnets: ['10.1.2.3/32'],
        },
      ],
      [
        '{"bind-addresses":[{"mac-address":"","interface-name":"lo","addresses":null},{"addresses":[{"address":"10.0.0.1"}]}]}\n',
        {
          bindAddresses: [
            { interfaceName: 'lo', macAddress: '', addresses: [] },
            { interfaceName: '', macAddress: '', addresses: [{ hostname: '', value: '10.0.0.1', cidr: '' }] },
          ],
          ingressAddresses: [],
          egressSubnets: [],
        },
      ],
      ['{}', { bindAddresses: [], ingressAddresses: [], egressSubnets: [] }],
      ['{"bind-addresses":null}', { bindAddresses: [], ingressAddresses: [], egressSubnets: [] }],
    ],
    garbage: ['[]', '{"bind-addresses":{}}', '{"ingress-addresses":[1]}', '{"bind-addresses":[{"addresses":[{}]}]}'],
  },
  {
    call: (r) => networkGet(r, 'db', { relation: '7' }),
    argv: ['network-get', '--format=json', '-r', '7', 'db'],
    answers: [['{}', { bindAddresses: [], ingressAddresses: [], egressSubnets: [] }]],
  },
  { call: (r) => openPort(r, { protocol: 'tcp', port: 8080 }), argv: ['open-port', '8080/tcp'] },
  {
    call: (r) => openPort(r, { protocol: 'icmp', endpoints: ['db', 'web'] }),
    argv: ['open-port', '--endpoints', 'db,web', 'icmp'],
  },
  {
    call: (r) => closePort(r, { protocol: 'udp', port: 100, toPort: 200 }),
    argv: ['close-port', '100-200/udp'],
  },
  {
    call: (r) => openedPorts(r),
    argv: ['opened-ports', '--format=json'],
    answers: [
      ['["80/tcp","icmp"]', [{ protocol: 'tcp', port: 80 }, { protocol: 'icmp' }]],
      ['null', []],
      ['[]', []],
    ],
    garbage: ['{}', '[80]', '"80/tcp"', '["80/sctp"]'],
  },
  {
    call: (r) => openedPorts(r, { endpoints: true }),
    argv: ['opened-ports', '--format=json', '--endpoints'],
    answers: [
      [
        '["80-90/tcp (*)","icmp (db, web)","1/udp ()"]',
        [
          { protocol: 'tcp', port: 80, toPort: 90, endpoints: ['*'] },
          { protocol: 'icmp', endpoints: ['db', 'web'] },
          { protocol: 'udp', port: 1, endpoints: [] },
        ],
      ],
    ],
    garbage: ['["80/tcp"]', '["80/tcp db"]'],
  },
  {
    call: (r) => payloadRegister(r, { type: 'docker', class: 'monitoring', id: '-7f', tags: ['a', 'b'] }),
    argv: ['payload-register', '--', 'docker', 'monitoring', '-7f', 'a', 'b'],
  },
  {
    call: (r) => payloadRegister(r, { type: 'docker', class: 'monitoring', id: '7f' }),
    argv: ['payload-register', '--', 'docker', 'monitoring', '7f'],
  },
  {
    call: (r) => payloadStatusSet(r, { class: 'monitoring', id: '7f' }, 'stopping'),
    argv: ['payload-status-set', '--', 'monitoring', '7f', 'stopping'],
  },
  {
    call: (r) => payloadUnregister(r, { class: 'monitoring', id: '7f' }),
    argv: ['payload-unregister', '--', 'monitoring', '7f'],
  },
  { call: podSpecGet, argv: ['pod-spec-get'], answers: [['version: 3', 'version: 3']], anyText: true },
  { call: (r) => podSpecSet(r, 'version: 3'), argv: ['pod-spec-set', '--file', '-'], stdin: 'version: 3' },
  { call: (r) => jujuReboot(r), argv: ['juju-reboot'] },
  { call: (r) => jujuReboot(r, { now: true }), argv: ['juju-reboot', '--now'] },
  {
    call: (r) => relationIds(r, 'log-sink'),
    argv: ['relation-ids', '--format=json', 'log-sink'],
    answers: [
      ['["log-sink:0","log-sink:12"]', [0, 12]],
      ['[]', []],
      ['null', []],
    ],
    garbage: ['{}', '[7]', '["log-sink:x"]', '["log-sink:"]', '["log-sink:1.5"]'],
  },
  { call: (r) => relationIds(r), argv: ['relation-ids', '--format=json'], answers: [['["db:7"]', [7]]] },
  {
    call: (r) => relationList(r, unit),
    argv: ['relation-list', '--format=json', '-r', 'db:7'],
    answers: [
      ['["sql/0","sql/1"]', ['sql/0', 'sql/1']],
      ['null', []],
    ],
    garbage: ['{}', '"sql/0"', '[null]'],
  },
  {
    call: (r) => relationApplication(r, unit),
    argv: ['relation-list', '--format=json', '--app', '-r', 'db:7'],
    answers: [['"sql"', 'sql']],
    garbage: ['null', '["sql"]'],
  },
  {
    call: (r) => relationGet(r, { ...unit, member: 'sql/0' }),
    argv: ['relation-get', '--format=json', '-r', 'db:7', '-', 'sql/0'],
    answers: [
      ['{"host":"a"}', { host: 'a' }],
      ['{}', {}],
      ['null', {}],
    ],
    garbage: ['[]', '{"host":1}', '"a"'],
  },
  {
    call: (r) => relationGet(r, { ...app, member: 'sql' }),
    argv: ['relation-get', '--format=json', '-r', 'db:7', '--app', '-', 'sql'],
    answers: [['{}', {}]],
  },
  {
    call: (r) => relationSet(r, { host: 'a', gone: '' }, unit),
    argv: ['relation-set', '-r', 'db:7', '--file', '-'],
    stdin: '{"host":"a","gone":""}',
  },
  {
    call: (r) => relationSet(r, { k: 'v' }, app),
    argv: ['relation-set', '-r', 'db:7', '--app', '--file', '-'],
    stdin: '{"k":"v"}',
  },
  {
    call: (r) => relationGet(r, { ...unit, member: 'sql/0', key: 'host' }),
    argv: ['relation-get', '--format=json', '-r', 'db:7', 'host', 'sql/0'],
    answers: [
      ['"a"', 'a'],
      ['""\n', ''],
      ['null', undefined],
    ],
    garbage: ['{}', '1'],
  },
  { call: (r) => relationGet(r, {}), argv: ['relation-get', '--format=json', '-'], answers: [['{}\n', {}]] },
  { call: (r) => relationList(r), argv: ['relation-list', '--format=json'], answers: [['[]\n', []]] },
  { call: (r) => relationSet(r, {}), argv: ['relation-set', '--file', '-'], stdin: '{}' },
  {
    call: (r) => relationModelGet(r, unit),
    argv: ['relation-model-get', '--format=json', '-r', 'db:7'],
    answers: [['{"uuid":"8e7a1c1e"}', { uuid: '8e7a1c1e' }]],
    garbage: ['{}', '"8e7a1c1e"'],
  },
  {
    call: (r) => resourceGet(r, 'image'),
    argv: ['resource-get', 'image'],
    answers: [
      ['/var/lib/juju/resources/image/a b.tar', '/var/lib/juju/resources/image/a b.tar'],
      ['/x\n', '/x'],
    ],
    anyText: true,
  },
  {
    call: (r) => secretAdd(r, { password: 'hunter2' }),
    argv: ['secret-add'],
    files: { password: 'hunter2' },
    answers: [['secret:cvq0\n', 'secret:cvq0']],
    anyText: true,
  },
  {
    call: (r) =>
      secretAdd(
        r,
        { user: 'a\n', 'pass-word': '' },
        { label: 'db', description: 'of db', expire: new Date(0), rotate: 'daily', owner: 'unit' },
      ),
    argv: [
      'secret-add',
      '--label',
      'db',
      '--description',
      'of db',
      '--expire',
      '1970-01-01T00:00:00.000Z',
      '--rotate',
      'daily',
      '--owner',
      'unit',
    ],
    files: { user: 'a\n', 'pass-word': '' },
    answers: [['secret:cvq0\n', 'secret:cvq0']],
    anyText: true,
  },
  {
    call: (r) => secretSet(r, id, { content: { password: 'hunter3' } }),
    argv: ['secret-set', id],
    files: { password: 'hunter3' },
  },
  {
    call: (r) => secretSet(r, id, { label: 'z', expire: '24h', rotate: 'never' }),
    argv: ['secret-set', '--label', 'z', '--expire', '24h', '--rotate', 'never', id],
  },
  {
    call: (r) => secretGet(r, { id }),
    argv: ['secret-get', '--format=json', id],
    answers: [['{"password":"hunter2","username":"admin"}\n', { password: 'hunter2', username: 'admin' }]],
    garbage: ['[]', '"hunter2"', '{"password":1}'],
  },
  {
    call: (r) => secretGet(r, { id, label: 'db' }, { refresh: true }),
    argv: ['secret-get', '--format=json', id, '--label', 'db', '--refresh'],
    answers: [['{"password":"hunter2"}', { password: 'hunter2' }]],
  },
  {
    call: (r) => secretGet(r, { label: 'db' }, { peek: true }),
    argv: ['secret-get', '--format=json', '--label', 'db', '--peek'],
    answers: [['{"password":"hunter2"}', { password: 'hunter2' }]],
  },
  {
    call: (r) => secretInfoGet(r, { label: 'db' }),
    argv: ['secret-info-get', '--format=json', '--label', 'db'],
    answers: [
      [
        '{"cvq0000000000000001g":{"revision":1,"label":"unitlabel","owner":"unit"}}\n',
        {
          id: 'cvq0000000000000001g',
          label: 'unitlabel',
          description: undefined,
          owner: 'unit',
          revision: 1,
          expires: undefined,
          rotation: undefined,
          rotates: undefined,
          access: [],
        },
      ],
      [
        '{"cvq0":{"revision":3,"label":"","owner":"application","description":"desc","rotation":"daily","expiry":"2026-01-01T00:00:00Z","rotates":"2026-01-02T00:00:00.5Z","access":[{"target":"application-mysql","scope":"relation-mysql.db#app.db","role":"view"}]}}',
        {
          id: 'cvq0',
          label: undefined,
          description: 'desc',
          owner: 'application',
          revision: 3,
          expires: new Date('2026-01-01T00:00:00Z'),
          rotation: 'daily',
          rotates: new Date('2026-01-02T00:00:00.500Z'),
          access: [{ target: 'application-mysql', scope: 'relation-mysql.db#app.db', role: 'view' }],
        },
      ],
    ],
    garbage: ['[]', '{}', 'null', '{"cvq0":{}}', '{"cvq0":{"revision":"1"}}', '{"cvq0":{"revision":1,"expiry":"x"}}'],
  },
  {
    call: secretIds,
    argv: ['secret-ids', '--format=json'],
    answers: [
      ['["cvq0000000000000000g"]', ['cvq0000000000000000g']],
      ['null\n', []],
    ],
    garbage: ['{}', '[1]'],
  },
  { call: (r) => secretGrant(r, id, { relation: 1 }), argv: ['secret-grant', '--relation', '1', id] },
  {
    call: (r) => secretGrant(r, id, { relation: 1, unit: 'db/0' }),
    argv: ['secret-grant', '--relation', '1', '--unit', 'db/0', id],
  },
  {
    call: (r) => secretRevoke(r, id, { relation: 1, unit: 'db/0' }),
    argv: ['secret-revoke', '--relation', '1', '--unit', 'db/0', id],
  },
  { call: (r) => secretRevoke(r, id, { app: 'db' }), argv: ['secret-revoke', '--app', 'db', id] },
  { call: (r) => secretRemove(r, id), argv: ['secret-remove', id] },
  { call: (r) => secretRemove(r, id, { revision: 2 }), argv: ['secret-remove', id, '--revision', '2'] },
  {
    call: (r) => stateGet(r, 'a'),
    argv: ['state-get', '--format=json', 'a'],
    answers: [
      ['"1"', '1'],
      ['""\n', ''],
    ],
    garbage: ['{}', '1', 'null'],
  },
  {
    call: (r) => stateGet(r, '-a', { strict: true }),
    argv: ['state-get', '--format=json', '--strict', '--', '-a'],
    answers: [['"1"', '1']],
  },
  {
    call: (r) => stateGet(r),
    argv: ['state-get', '--format=json'],
    answers: [
      ['{"a":"1"}', { a: '1' }],
      ['null', {}],
    ],
    garbage: ['[]', '{"a":1}'],
  },
  { call: (r) => stateSet(r, { a: '1' }), argv: ['state-set', '--file', '-'], stdin: '{"a":"1"}' },
  { call: (r) => stateDelete(r, 'a'), argv: ['state-delete', 'a'] },
  { call: (r) => stateDelete(r, '--a'), argv: ['state-delete', '--', '--a'] },
  {
    call: (r) => statusGet(r),
    argv: ['status-get', '--format=json', '--include-data', '--application=false'],
    answers: [
      [
        '{"status":"active","message":"ok","status-data":{"k":"v"}}',
        { status: 'active', message: 'ok', data: { k: 'v' } },
      ],
    ],
    garbage: ['[]', '{}', '{"status":1,"message":""}'],
  },
  {
    call: (r) => statusGet(r, { app: true }),
    argv: ['status-get', '--format=json', '--include-data', '--application=true'],
    answers: [
      [
        '{"application-status":{"status":"blocked","message":"no","status-data":{},"units":{"app/0":{"status":"active","message":"","status-data":{}}}}}',
        {
          status: 'blocked',
          message: 'no',
          data: {},
          units: { 'app/0': { status: 'active', message: '', data: {} } },
        },
      ],
    ],
    garbage: ['{"status":"active","message":"ok"}'],
  },
  {
    call: (r) => statusSet(r, { status: 'active', message: '--help' }, { app: false }),
    argv: ['status-set', '--application=false', 'active', '--', '--help'],
  },
  {
    call: (r) => statusSet(r, { status: 'waiting', message: '' }, { app: true }),
    argv: ['status-set', '--application=true', 'waiting', '--', ''],
  },
  { call: (r) => storageAdd(r, { data: 2, logs: 1 }), argv: ['storage-add', 'data=2', 'logs=1'] },
  {
    call: (r) => storageGet(r, 'data/0'),
    argv: ['storage-get', '--format=json', '-s', 'data/0'],
    answers: [['{"kind":"filesystem","location":"/srv/data"}', { kind: 'filesystem', location: '/srv/data' }]],
    garbage: ['[]', '{}', '{"kind":"tape","location":"/x"}', '{"kind":"block"}'],
  },
  {
    call: (r) => storageGet(r),
    argv: ['storage-get', '--format=json'],
    answers: [['{"kind":"block","location":"/dev/sdb"}', { kind: 'block', location: '/dev/sdb' }]],
  },
  {
    call: (r) => storageList(r, 'data'),
    argv: ['storage-list', '--format=json', 'data'],
    answers: [
      ['["data/0","data/1"]', ['data/0', 'data/1']],
      ['[]\n', []],
    ],
    garbage: ['{}', '[0]'],
  },
  { call: (r) => storageList(r), argv: ['storage-list', '--format=json'], answers: [['[]', []]] },
  {
    call: (r) => unitGet(r, 'private-address'),
    argv: ['unit-get', '--format=json', 'private-address'],
    answers: [['"10.1.2.3"', '10.1.2.3']],
    garbage: ['null', '[]'],
  },
];

/** All that Juju 3.6 and 4 have (juju/juju: internal/worker/uniter/runner/jujuc/server.go). */
const IN_BOTH =
  `action-fail action-get action-log action-set application-version-set close-port config-get credential-get goal-state
  is-leader juju-log juju-reboot network-get open-port opened-ports relation-get relation-ids relation-list relation-model-get relation-set
  resource-get secret-add secret-get secret-grant secret-ids secret-info-get secret-remove secret-revoke secret-set state-delete state-get
  state-set status-get status-set storage-add storage-get storage-list unit-get`.split(/\s+/);
/** What 3.6 has besides; metrics until 3.6.11. */
const NOT_IN_4 =
  `add-metric k8s-raw-get k8s-raw-set k8s-spec-get k8s-spec-set leader-get leader-set payload-register payload-status-set
  payload-unregister pod-spec-get pod-spec-set`.split(/\s+/);

test('each command of Juju 3.6 and 4 has a function of its name, and a case here', () => {
  const commands = [...IN_BOTH, ...NOT_IN_4];
  assert.deepEqual([IN_BOTH.length, NOT_IN_4.length], [38, 12]);
  for (const command of commands) {
    const name = command.replaceAll(/-[a-z0-9]/g, (part) => part.slice(1).toUpperCase());
    assert.equal(typeof Reflect.get(hookcmds, name), 'function', name);
  }
  assert.deepEqual(new Set(CASES.map(({ argv: [command] }) => command)), new Set(commands));
});

const nameOf = ({ argv }: Case) => argv.join(' ');

for (const each of CASES) {
  test(`command line of ${nameOf(each)}`, async () => {
    for (const [stdout, value] of each.answers ?? [['', undefined]]) {
      const runner = new ScriptedRunner({ [each.argv[0] ?? '']: stdout });
      assert.deepEqual(await each.call(runner), value);
      const [call, ...others] = runner.calls;
      assert.equal(others.length, 0);
      assert.deepEqual([call?.command, ...(call?.args ?? [])], each.argv);
      assert.equal(call?.stdin, each.stdin);
      assert.deepEqual(call?.files, each.files);
    }
  });

  if (!each.answers || each.anyText) continue;
  test(`garbage from ${nameOf(each)} is refused`, async () => {
    for (const stdout of ['', 'ERROR', '{', '\u0000', ...(each.garbage ?? [])]) {
      const runner = new ScriptedRunner({ [each.argv[0] ?? '']: stdout });
      await assert.rejects(async () => each.call(runner), { code: 'bad-hook-command-answer' }, JSON.stringify(stdout));
    }
  });
}
