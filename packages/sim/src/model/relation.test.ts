import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetaSource } from '@charmed/ops/internal';
import { addApplication } from './application.ts';
import { integrate, relationName, removeRelation } from './relation.ts';
import { emptyModel, type ModelState } from './state.ts';
import { ModelCommandError } from './update.ts';

const WEB: MetaSource = { name: 'web', requires: { db: { interface: 'kv', limit: 1 }, log: { interface: 'syslog' } } };
const KV: MetaSource = { name: 'kv', provides: { db: { interface: 'kv' }, admin: { interface: 'kv' } } };
const STORE: MetaSource = { name: 'store', provides: { db: { interface: 'kv' }, 'log-out': { interface: 'syslog' } } };

test('endpoints are inferred when only one pair fits, in either order', () => {
  assert.equal(names(integrate(model(), 'web', 'kv:admin')), 'web:db kv:admin');
  assert.equal(names(integrate(model(), 'store', 'web:log')), 'web:log store:log-out');
});

test('several pairs are named, for the user to choose from', () => {
  refused(() => integrate(model(), 'web', 'kv'), /name the endpoints, one of "kv:db web:db", "kv:admin web:db"/);
});

test('endpoints of different interfaces are refused', () => {
  const message = /^cannot integrate "web:log" and "kv:db": kv:db has interface "kv", web:log has interface "syslog"$/;
  refused(() => integrate(model(), 'web:log', 'kv:db'), message);
});

test('unknown applications and endpoints are refused with the known ones', () => {
  refused(() => integrate(model(), 'web', 'nope'), /cannot find application "nope": the model has web, kv, store/);
  refused(() => integrate(model(), 'web:nope', 'kv'), /cannot find endpoint "web:nope": the charm has db, log/);
  refused(() => integrate(model(), 'kv:db', 'store:db'), /no two endpoints provide and require the same interface/);
});

test('a relation exists once, and an endpoint takes as many as its limit says', () => {
  const related = integrate(model(), 'web:db', 'kv:db');
  refused(() => integrate(related, 'kv:db', 'web:db'), /"web:db kv:db": it already exists/);
  refused(() => integrate(related, 'web:db', 'store:db'), /the charm limits this endpoint to 1 relation$/);
});

test('only a relation that exists can be removed', () => {
  refused(() => removeRelation(model(), 'web:db', 'kv:db'), /cannot remove relation "web:db kv:db": there is none/);
  assert.equal(removeRelation(integrate(model(), 'web:db', 'kv:db'), 'web:db', 'kv:db').relations[0]?.life, 'dying');
});

function model(): ModelState {
  const empty = emptyModel({ name: 'test', uuid: '00000000-0000-4000-8000-000000000001', version: '3.6.11' });
  return [WEB, KV, STORE].reduce((state, charm) => addApplication(state, { name: charm.name, charm }, 't'), empty);
}

function names(state: ModelState): string {
  return Object.values(state.relations).map(relationName).join();
}

function refused(command: () => unknown, message: RegExp): void {
  assert.throws(command, (error) => error instanceof ModelCommandError && message.test(error.message));
}
