// Relations: who is in them, and what becomes of them when they break.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DispatchOptions } from '../../test/dispatch.ts';
import { inHandler, inHandlerOf } from '../../test/in-handler.ts';
import type { Answer } from '../../test/scripted-runner.ts';
import type { CharmBase } from '../charm/charm-base.ts';
import { Unit } from './entity.ts';
import { ValidationError } from './errors.ts';
import type { Relation } from './relation.ts';
import type { StandardSchema } from './standard-schema.ts';

const META = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  peers: { cluster: { interface: 'web_peers' } },
};
const RELATED: Readonly<Record<string, Answer>> = {
  'relation-ids --format=json db': '["db:7"]',
  'relation-list --format=json -r db:7': '["sql/0","sql/1"]',
  'relation-ids --format=json cluster': '["cluster:1"]',
  'relation-list --format=json -r cluster:1': '["web/1"]',
  'is-leader': 'true',
};
const GONE: Answer = { code: 2, stderr: 'ERROR invalid value "db:7" for option -r: relation not found' };

function inCharm(work: (charm: CharmBase) => unknown, options: DispatchOptions = {}) {
  return inHandler(work, { meta: META, ...options, answers: { ...RELATED, ...options.answers } });
}

const membersOf = ({ app, units, active }: Relation) => ({
  app: app.name,
  units: units.map((unit) => unit.name),
  active,
});

test('a relation knows the other side', async () => {
  const { runner } = await inCharm(async ({ model }) => {
    const relation = await model.relation('db');
    assert.ok(relation);
    assert.deepEqual(membersOf(relation), { app: 'sql', units: ['sql/0', 'sql/1'], active: true });
    assert.equal(relation.units[0]?.app, relation.app);
    assert.equal(await model.relation('db'), relation);
    assert.deepEqual(await model.relations('db'), [relation]);
    assert.equal(await model.relation('db', 7), relation);
  });
  assert.deepEqual(runner.lines, ['relation-ids --format=json db', 'relation-list --format=json -r db:7']);
});

test('an application without units is asked for by name', async () => {
  const answers = { 'relation-list --format=json -r db:7': '[]', 'relation-list --format=json --app -r db:7': '"sql"' };
  await inCharm(
    async ({ model }) => {
      const relation = await model.relation('db');
      assert.deepEqual(relation && membersOf(relation), { app: 'sql', units: [], active: true });
    },
    { answers },
  );
});

test('among peers the other side is our own application, which need not be asked for', async () => {
  for (const others of ['["web/1"]', '[]']) {
    const { runner } = await inCharm(
      async ({ model, app }) => {
        const relation = await model.relation('cluster');
        assert.equal(relation?.app, app);
        assert.equal(relation.units.length, JSON.parse(others).length);
      },
      { answers: { 'relation-list --format=json -r cluster:1': others } },
    );
    assert.equal(runner.lines.length, 2);
  }
});

test('no relation is undefined, several need a choice', async () => {
  await inCharm(async ({ model }) => assert.equal(await model.relation('db'), undefined), {
    answers: { 'relation-ids --format=json db': '[]' },
  });
  const answers = {
    'relation-ids --format=json db': '["db:7","db:9"]',
    'relation-list --format=json -r db:9': '["other/0"]',
  };
  await inCharm(
    async ({ model }) => {
      await assert.rejects(async () => await model.relation('db'), { code: 'too-many-related-apps' });
      assert.deepEqual(
        (await model.relations('db')).map(({ id, app }) => [id, app.name]),
        [
          [7, 'sql'],
          [9, 'other'],
        ],
      );
      assert.equal((await model.relation('db', 9)).app.name, 'other');
    },
    { answers },
  );
});

test('an endpoint that the charm does not declare is refused, with those that it does', async () => {
  await inCharm(async ({ model }) => {
    const unknown = { code: 'unknown-endpoint', message: /cache.*db, cluster/ };
    await assert.rejects(async () => await model.relations('cache'), unknown);
    await assert.rejects(async () => await model.relation('cache'), unknown);
    await assert.rejects(async () => await model.relation('cache', 1), unknown);
  });
});

test('a relation that is being broken is not listed, but can be had by its id', async () => {
  const environment = { JUJU_RELATION: 'db', JUJU_RELATION_ID: 'db:7', JUJU_REMOTE_APP: 'sql' };
  await inHandlerOf(
    (on) => on.relation('db').broken,
    async ({ model }, event) => {
      assert.deepEqual(await model.relations('db'), []);
      assert.equal(await model.relation('db'), undefined);
      assert.deepEqual(membersOf(event.relation), { app: 'sql', units: [], active: false });
      assert.equal(await model.relation('db', 7), event.relation);
    },
    { meta: META, environment, answers: { ...RELATED, 'relation-list --format=json -r db:7': '[]' } },
  );
});

test('the same endpoint keeps its other relations while one is broken', async () => {
  const environment = { JUJU_RELATION: 'db', JUJU_RELATION_ID: 'db:7', JUJU_REMOTE_APP: 'sql' };
  const answers = {
    'relation-ids --format=json db': '["db:7","db:9"]',
    'relation-list --format=json -r db:7': '[]',
    'relation-list --format=json -r db:9': '["other/0"]',
  };
  await inHandlerOf(
    (on) => on.relation('db').broken,
    async ({ model }) => assert.equal((await model.relation('db'))?.id, 9),
    { meta: META, environment, answers },
  );
});

test('a relation that is gone is inactive, and its data is empty', async () => {
  const answers = { 'relation-list --format=json -r db:7': GONE, 'relation-get': GONE };
  await inCharm(
    async ({ model, unit }) => {
      assert.deepEqual(await model.relations('db'), []);
      const relation = await model.relation('db', 7);
      assert.equal(relation.active, false);
      assert.deepEqual(relation.units, []);
      assert.deepEqual(await relation.data(unit).all(), {});
    },
    { answers },
  );
});

// Its own application would be wrong: only the leader may read that one's data.
test('who was on the other side of a relation that is gone is not known, but for peers', async () => {
  const answers = {
    'relation-list --format=json -r db:7': GONE,
    'relation-list --format=json -r cluster:7': GONE,
    'relation-get': GONE,
    'is-leader': 'false',
  };
  await inCharm(
    async ({ model }) => {
      const relation = await model.relation('db', 7);
      assert.equal(relation.app.name, '');
      assert.deepEqual(await relation.data(relation.app).all(), {});
      assert.equal((await model.relation('cluster', 7)).app.name, 'web');
    },
    { answers },
  );
});

test('a relation that only its controller has forgotten is as good as gone, but nobody reads where they are not', async () => {
  const denied: Answer = { code: 1, stderr: 'ERROR permission denied' };
  await inCharm(
    async ({ model, app }) => {
      const relation = await model.relation('db', 7);
      for (const member of [relation.app, app, ...relation.units]) {
        assert.deepEqual(await relation.data(member).all(), {}, member.name);
      }
      await assert.rejects(async () => relation.data(new Unit('other/9')).all(), { code: 'permission-denied' });
    },
    { answers: { 'relation-get': denied } },
  );
  await inCharm(
    async ({ model }) => {
      assert.deepEqual(membersOf(await model.relation('db', 7)), { app: '', units: [], active: false });
    },
    { answers: { 'relation-list --format=json -r db:7': denied } },
  );
});

test('the other side may be in another model, which is asked for once', async () => {
  const { runner } = await inCharm(
    async ({ model }) => {
      const relation = await model.relation('db', 7);
      assert.deepEqual(await relation.remoteModel(), { uuid: 'u-2' });
      assert.equal((await relation.remoteModel()).uuid, 'u-2');
    },
    { answers: { 'relation-model-get': '{"uuid":"u-2"}' } },
  );
  assert.deepEqual(runner.lines, ['relation-list --format=json -r db:7', 'relation-model-get --format=json -r db:7']);
});

test('data of a unit that is leaving can still be read', async () => {
  await inHandlerOf(
    (on) => on.relation('db').departed,
    async (_charm, { relation, unit, departingUnit }) => {
      assert.deepEqual([unit.name, departingUnit?.name], ['sql/9', 'sql/9']);
      assert.equal(relation.units.includes(unit), false);
      assert.deepEqual(await relation.data(unit).all(), { host: 'a' });
    },
    {
      meta: META,
      environment: {
        JUJU_RELATION: 'db',
        JUJU_RELATION_ID: 'db:7',
        JUJU_REMOTE_APP: 'sql',
        JUJU_REMOTE_UNIT: 'sql/9',
        JUJU_DEPARTING_UNIT: 'sql/9',
      },
      answers: { ...RELATED, 'relation-get --format=json -r db:7 - sql/9': '{"host":"a"}' },
    },
  );
});

test('another failure of relation-list is not taken for a relation that is gone', async () => {
  const answers = {
    'relation-list': { code: 1, stderr: 'ERROR boom' },
    'relation-list --format=json -r db:7': { code: 1 },
  };
  await inCharm(
    async ({ model }) => assert.rejects(async () => await model.relations('db'), { code: 'hook-command-failed' }),
    { answers },
  );
});

interface Login {
  readonly host: string;
  readonly port: number;
}

const LoginSchema: StandardSchema<Login> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: async (value) => {
      const { host, port } = value as Record<string, unknown>;
      const issues = [
        ...(typeof host === 'string' ? [] : [{ message: 'expected text', path: ['host'] }]),
        ...(typeof port === 'number' ? [] : [{ message: 'expected number', path: [{ key: 'port' }] }]),
      ];
      return issues.length > 0 ? { issues } : { value: { host: String(host), port: Number(port) } };
    },
  },
};

test('data is loaded through a schema, without what Juju itself writes', async () => {
  const settings = { host: 'a.example', port: '5432', extra: '"x"', 'private-address': '10.0.0.1' };
  await inCharm(
    async ({ model }) => {
      const relation = await model.relation('db');
      assert.deepEqual(await relation?.load(LoginSchema, relation.app), { host: 'a.example', port: 5432 });
    },
    { answers: { 'relation-get': JSON.stringify(settings) } },
  );
});

test('there is nothing to load before the other side has said anything', async () => {
  for (const settings of ['{}', '{"ingress-address":"10.0.0.1","egress-subnets":"10.0.0.1/32"}']) {
    await inCharm(
      async ({ model }) => {
        const relation = await model.relation('db');
        assert.equal(await relation?.load(LoginSchema, relation.app), undefined);
      },
      { answers: { 'relation-get': settings } },
    );
  }
});

test('data that does not fit names each field', async () => {
  await inCharm(
    async ({ model }) => {
      const relation = await model.relation('db');
      await assert.rejects(
        async () => await relation?.load(LoginSchema, relation.app),
        (error) => {
          assert.ok(error instanceof ValidationError);
          assert.equal(error.code, 'invalid-data');
          assert.deepEqual(error.issues, ['host: expected text', 'port: expected number']);
          assert.match(error.message, /data of sql in relation db:7/);
          return true;
        },
      );
    },
    { answers: { 'relation-get': '{"host":"1","port":"\\"x\\""}' } },
  );
});

test('what is saved has one JSON value per field, and can be loaded again', async () => {
  const answers = { 'relation-get': '{"host":"\\"old\\"","gone":"1"}' };
  const { runner } = await inCharm(
    async ({ model, app }) => {
      const relation = await model.relation('db');
      await relation?.save({ host: 'a', port: 1, tags: ['x'], gone: undefined }, app);
      assert.deepEqual(await relation?.load(LoginSchema, app), { host: 'a', port: 1 });
      await relation?.save({ host: 'a', port: 1, tags: ['x'] }, app);
    },
    { answers },
  );
  assert.deepEqual(
    runner.lines.filter((line) => line.startsWith('relation-set')),
    ['relation-set -r db:7 --app --file - < {"host":"\\"a\\"","port":"1","tags":"[\\"x\\"]","gone":""}'],
  );
});
