// The exact command line of each hook command, and what becomes of its answer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionFail, actionGet, actionLog, actionSet } from '../src/hookcmds/action.ts';
import { applicationVersionSet } from '../src/hookcmds/application-version.ts';
import { configGet } from '../src/hookcmds/config.ts';
import { isLeader } from '../src/hookcmds/leadership.ts';
import { jujuLog } from '../src/hookcmds/log.ts';
import { networkGet } from '../src/hookcmds/network.ts';
import { closePort, openedPorts, openPort } from '../src/hookcmds/port.ts';
import { relationApplication, relationGet, relationIds, relationList, relationSet } from '../src/hookcmds/relation.ts';
import type { HookRunner } from '../src/hookcmds/runner.ts';
import { stateDelete, stateGet, stateSet } from '../src/hookcmds/state.ts';
import { statusGet, statusSet } from '../src/hookcmds/status.ts';
import { ScriptedRunner } from './scripted-runner.ts';

interface Case {
  readonly call: (runner: HookRunner) => Promise<unknown>;
  readonly argv: readonly string[];
  readonly stdin?: string;
  /** For commands that answer: what they print and what the caller gets. */
  readonly answers?: readonly (readonly [stdout: string, value: unknown])[];
  readonly garbage?: readonly string[];
}

const unit = { relation: 'db:7', app: false };
const app = { relation: 'db:7', app: true };

const CASES: readonly Case[] = [
  {
    call: actionGet,
    argv: ['action-get', '--format=json'],
    answers: [
      ['{"compress":true,"level":3,"to":{"disk":"a"}}', { compress: true, level: 3, to: { disk: 'a' } }],
      ['null', {}],
    ],
    garbage: ['[]', '"x"', '7'],
  },
  { call: (r) => actionSet(r, { 'a.b': 'c=d', e: '-f' }), argv: ['action-set', 'a.b=c=d', 'e=-f'] },
  { call: (r) => actionLog(r, '--half done'), argv: ['action-log', '--', '--half done'] },
  { call: (r) => actionFail(r, ''), argv: ['action-fail', '--', ''] },
  { call: (r) => applicationVersionSet(r, '-1.2'), argv: ['application-version-set', '--', '-1.2'] },
  {
    call: configGet,
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
    call: isLeader,
    argv: ['is-leader', '--format=json'],
    answers: [
      ['true\n', true],
      ['false', false],
    ],
    garbage: ['null', '"True"', '1'],
  },
  { call: (r) => jujuLog(r, 'WARNING', '-x'), argv: ['juju-log', '--log-level', 'WARNING', '--', '-x'] },
  {
    call: (r) => networkGet(r, 'db'),
    argv: ['network-get', '--format=json', 'db'],
    answers: [
      [
        '{"bind-addresses":[{"interface-name":"eth0","addresses":[{"hostname":"","value":"10.1.0.2","cidr":"10.1.0.0/16"}]}],"ingress-addresses":["10.2.0.2"],"egress-subnets":["10.2.0.2/32"]}',
        { bindAddresses: ['10.1.0.2'], ingressAddresses: ['10.2.0.2'], egressSubnets: ['10.2.0.2/32'] },
      ],
      ['{}', { bindAddresses: [], ingressAddresses: [], egressSubnets: [] }],
      ['{"bind-addresses":null}', { bindAddresses: [], ingressAddresses: [], egressSubnets: [] }],
    ],
    garbage: ['[]', '{"bind-addresses":{}}', '{"ingress-addresses":[1]}', '{"bind-addresses":[{"addresses":[{}]}]}'],
  },
  { call: (r) => openPort(r, '8080/tcp'), argv: ['open-port', '8080/tcp'] },
  { call: (r) => closePort(r, '100-200/udp'), argv: ['close-port', '100-200/udp'] },
  {
    call: openedPorts,
    argv: ['opened-ports', '--format=json'],
    answers: [
      ['["80/tcp","icmp"]', ['80/tcp', 'icmp']],
      ['null', []],
      ['[]', []],
    ],
    garbage: ['{}', '[80]', '"80/tcp"'],
  },
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
  {
    call: (r) => relationList(r, 'db:7'),
    argv: ['relation-list', '--format=json', '-r', 'db:7'],
    answers: [
      ['["sql/0","sql/1"]', ['sql/0', 'sql/1']],
      ['null', []],
    ],
    garbage: ['{}', '"sql/0"', '[null]'],
  },
  {
    call: (r) => relationApplication(r, 'db:7'),
    argv: ['relation-list', '--format=json', '--app', '-r', 'db:7'],
    answers: [['"sql"', 'sql']],
    garbage: ['null', '["sql"]'],
  },
  {
    call: (r) => relationGet(r, unit, 'sql/0'),
    argv: ['relation-get', '--format=json', '-r', 'db:7', '-', 'sql/0'],
    answers: [
      ['{"host":"a"}', { host: 'a' }],
      ['{}', {}],
      ['null', {}],
    ],
    garbage: ['[]', '{"host":1}', '"a"'],
  },
  {
    call: (r) => relationGet(r, app, 'sql'),
    argv: ['relation-get', '--format=json', '-r', 'db:7', '--app', '-', 'sql'],
    answers: [['{}', {}]],
  },
  {
    call: (r) => relationSet(r, unit, { host: 'a', gone: '' }),
    argv: ['relation-set', '-r', 'db:7', '--file', '-'],
    stdin: '{"host":"a","gone":""}',
  },
  {
    call: (r) => relationSet(r, app, { k: 'v' }),
    argv: ['relation-set', '-r', 'db:7', '--app', '--file', '-'],
    stdin: '{"k":"v"}',
  },
  {
    call: stateGet,
    argv: ['state-get', '--format=json'],
    answers: [
      ['{"a":"1"}', { a: '1' }],
      ['null', {}],
    ],
    garbage: ['[]', '{"a":1}'],
  },
  { call: (r) => stateSet(r, { a: '1' }), argv: ['state-set', '--file', '-'], stdin: '{"a":"1"}' },
  { call: (r) => stateDelete(r, 'a'), argv: ['state-delete', 'a'] },
  {
    call: (r) => statusGet(r, { app: false }),
    argv: ['status-get', '--format=json', '--include-data', '--application=false'],
    answers: [['{"status":"active","message":"ok","status-data":{}}', { status: 'active', message: 'ok' }]],
    garbage: ['[]', '{}', '{"status":1,"message":""}'],
  },
  {
    call: (r) => statusGet(r, { app: true }),
    argv: ['status-get', '--format=json', '--include-data', '--application=true'],
    answers: [
      [
        '{"application-status":{"status":"blocked","message":"no","status-data":{},"units":{}}}',
        { status: 'blocked', message: 'no' },
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
];

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
    }
  });

  if (!each.answers) continue;
  test(`garbage from ${nameOf(each)} is refused`, async () => {
    for (const stdout of ['', 'ERROR', '{', '\u0000', ...(each.garbage ?? [])]) {
      const runner = new ScriptedRunner({ [each.argv[0] ?? '']: stdout });
      await assert.rejects(each.call(runner), { code: 'bad-hook-command-answer' }, JSON.stringify(stdout));
    }
  });
}
