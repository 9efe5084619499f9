// Secrets: whose they are, what of them is read, changed and granted.

import type { Case, RelationData, StateData, Step } from '../case.ts';

const relation: RelationData = { endpoint: 'site', id: 1, remoteAppName: 'proxy' };
const id = 'secret:cvq8ssvmp25c7bkjkl6g';
const ours = { id, tracked: { 'a-key': 'old' }, latest: { 'a-key': 'new' }, owner: 'unit', label: 'mine' } as const;
const apps = { ...ours, owner: 'app' } as const;
const theirs = { id, tracked: { 'a-key': 'old' }, latest: { 'a-key': 'new' }, label: 'theirs' } as const;
const mine = { label: 'mine' };

const given = (name: string, state: StateData, steps: readonly Step[]): Case => ({
  name,
  event: { kind: 'start' },
  state: { relations: [relation], ...state },
  steps,
});

export const secretCases: readonly Case[] = [
  given('a secret of others is read by its label', { secrets: [theirs] }, [['secret-get', { label: 'theirs' }]]),
  given('a secret of others is read by its id', { secrets: [theirs] }, [['secret-get', { id }]]),
  given('a secret of others is refreshed', { secrets: [theirs] }, [['secret-get', { label: 'theirs' }, 'refresh']]),
  given('a secret of others is peeked at', { secrets: [theirs] }, [
    ['secret-get', { label: 'theirs' }, 'peek'],
    ['secret-get', { label: 'theirs' }],
  ]),
  given('a secret that is not there', {}, [
    ['try', ['secret-get', { label: 'none' }]],
    ['try', ['secret-get', { id }]],
  ]),
  given('a unit adds a secret', {}, [['secret-add', 'unit', { 'a-key': 'b' }, 'new']]),
  given('the leader adds a secret', { leader: true }, [['secret-add', 'app', { 'a-key': 'b' }, 'new']]),
  given('a secret of its own is told of', { secrets: [{ ...ours, latest: ours.tracked, description: 'd' }] }, [
    ['secret-info', mine],
  ]),
  given('a secret of its own is described', { secrets: [{ ...ours, latest: ours.tracked }] }, [
    ['secret-describe', mine, 'what'],
  ]),
  given(
    'the application has a secret, as the leader sees it',
    { leader: true, secrets: [{ ...apps, latest: ours.tracked }] },
    [['secret-info', mine]],
  ),
  given('a secret of others is not told of', { secrets: [theirs] }, [['try', ['secret-info', { label: 'theirs' }]]]),
  given('a secret of others is not changed', { secrets: [theirs] }, [
    ['try', ['secret-set', { label: 'theirs' }, { 'a-key': 'c' }]],
  ]),
  given('a secret is granted', { secrets: [{ ...ours, latest: ours.tracked }] }, [['secret-grant', mine, 'site']]),
  given('a secret is revoked', { secrets: [{ ...ours, latest: ours.tracked, grants: { 1: ['proxy'] } }] }, [
    ['secret-revoke', mine, 'site'],
  ]),
  given('a secret is removed', { secrets: [{ ...ours, latest: ours.tracked }] }, [['secret-remove', mine]]),
  given('a revision that nobody uses is removed', { secrets: [{ ...ours, latest: ours.tracked }] }, [
    ['secret-remove-revision', mine, 7],
  ]),
  given('the latest revision is removed', { secrets: [{ ...ours, latest: ours.tracked }] }, [
    ['try', ['secret-remove-revision', mine, 1]],
  ]),
  given('a revision of a secret of others is removed', { secrets: [theirs] }, [
    ['try', ['secret-remove-revision', { label: 'theirs' }, 1]],
  ]),
  given('a new secret is granted', {}, [
    ['secret-add', 'unit', { 'a-key': 'b' }, 'new'],
    ['secret-grant', { label: 'new' }, 'site'],
  ]),
  {
    name: 'a secret has changed',
    event: { kind: 'secret-changed', secret: 'theirs' },
    state: { secrets: [theirs] },
    steps: [['secret-event'], ['secret-get', { label: 'theirs' }, 'refresh']],
  },
  {
    name: 'a secret of its own has changed',
    event: { kind: 'secret-changed', secret: 'mine' },
    state: { secrets: [{ ...ours, latest: ours.tracked }] },
  },
  {
    name: "the application's secret has changed",
    event: { kind: 'secret-changed', secret: 'mine' },
    state: { leader: true, secrets: [{ ...apps, latest: ours.tracked }] },
  },
  ...['secret-rotate', 'secret-expired', 'secret-remove'].map((kind) => ({
    name: `${kind} of a secret of others`,
    event: { kind, secret: 'theirs', ...(kind !== 'secret-rotate' && { revision: 1 }) },
    state: { secrets: [theirs] },
  })),
  {
    name: 'a secret is to be rotated',
    event: { kind: 'secret-rotate', secret: 'mine' },
    state: { secrets: [{ ...ours, latest: ours.tracked }] },
    steps: [['secret-event'], ['try', ['defer']]],
  },
  {
    name: 'a secret has expired',
    event: { kind: 'secret-expired', secret: 'mine', revision: 1 },
    state: { secrets: [{ ...ours, latest: ours.tracked }] },
    steps: [['event-revision'], ['try', ['defer']]],
  },
  {
    name: 'a revision is to be removed',
    event: { kind: 'secret-remove', secret: 'mine', revision: 3 },
    state: { secrets: [{ ...ours, latest: ours.tracked }] },
    steps: [['event-revision']],
  },
  given('configuration names a secret', { config: { token: id }, secrets: [theirs] }, [['secret-get', { id }]]),
];
