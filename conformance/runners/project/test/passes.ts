// Tests that pass in each runner.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActiveStatus, CharmBase } from '@charmed/ops';
import {
  Container,
  Context,
  Exec,
  InconsistentStateError,
  Mount,
  Relation,
  State,
  StoredState,
} from '@charmed/testing';
import { WebCharm } from '../src/charm.ts';
import { expect, test } from '../runner.ts';

test('from state to state, with what was deferred and stored', async () => {
  const ctx = new Context(WebCharm);
  const db = new Relation('db', { remoteAppData: { url: 'sql://db' } });
  const first = await ctx.run(ctx.on.start(), new State());
  expect(first.deferred.map(({ handler }) => handler)).toEqual(['#onStart']);
  expect(ctx.jujuLog.filter(({ level }) => level === 'INFO')).toEqual([{ level: 'INFO', message: 'start 1' }]);
  const second = await ctx.run(ctx.on.configChanged(), first.with({ relations: [db] }));
  expect(second.unitStatus).toStrictEqual(new ActiveStatus('sql://db'));
  expect(second.openedPorts).toStrictEqual([{ protocol: 'tcp', port: 8080 }]);
  expect(second.deferred).toStrictEqual([]);
  expect(second.workloadVersion).toEqual('1.2');
  expect(second.storedStates).toStrictEqual([new StoredState('stored', { content: { starts: { times: [1, 2] } } })]);
  const third = await ctx.run(ctx.on.configChanged(), second);
  expect(third).toStrictEqual(second);
  expect(third.equals(second)).toEqual(true);
  const fourth = await ctx.run(ctx.on.start(), third);
  expect(ctx.emittedEvents.at(-1)?.snapshot).toStrictEqual({ times: [1, 2, 3] });
  expect(Object.isFrozen(fourth.storedState().content['starts'])).toEqual(true);
});

test('events are typed by the metadata', async () => {
  const ctx = new Context(WebCharm);
  // @ts-expect-error: no such endpoint
  const event = ctx.on.relationChanged(new Relation('cache'));
  await expect(ctx.run(event, new State())).rejects.toThrow(InconsistentStateError);
});

test('errors are of the classes that everybody imports', async () => {
  const ctx = new Context(WebCharm);
  await ctx.run(ctx.on.action('secret'), new State());
  expect(ctx.actionResults).toEqual({ caught: 'secret-not-found' });
  await expect(ctx.run(ctx.on.action('crash'), new State())).rejects.toThrow(RangeError);
});

test('a container has files, mounts and commands', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-runners-'));
  writeFileSync(join(directory, 'conf'), 'mounted');
  const ctx = new Context(WebCharm);
  const mounts = { conf: new Mount({ location: '/etc/web', source: directory }) };
  const execs = [new Exec(['say'], { stdout: 'hi' })];
  const out = await ctx.run(
    ctx.on.action('files'),
    new State({ containers: [new Container('web', { canConnect: true, execs, mounts })] }),
  );
  rmSync(directory, { recursive: true });
  expect(ctx.actionResults).toEqual({ file: 'hi', said: 'hi' });
  expect(out.container('web').files).toEqual({ '/a/b': 'hi' });
});

test('the metadata of a charm without its own are read where the tests run', async () => {
  class BareCharm extends CharmBase {}
  const ctx = new Context(BareCharm);
  expect(ctx.unitName).toEqual('bare/0');
  const manager = await ctx.manager(ctx.on.start(), new State());
  expect(await manager.charm.config()).toEqual({ port: 80 });
  await manager.run();
});

test('a hundred runs at a time, each with a console of its own', async () => {
  const before = console.log;
  const logs = await Promise.all(
    Array.from({ length: 100 }, async (_, starts) => {
      const ctx = new Context(WebCharm);
      const content = { starts: { times: Array.from({ length: starts }, () => 0) } };
      await ctx.run(ctx.on.start(), new State({ storedStates: [new StoredState('stored', { content })] }));
      return ctx.jujuLog.filter(({ level }) => level === 'INFO').map(({ message }) => message);
    }),
  );
  expect(logs).toEqual(Array.from({ length: 100 }, (_, starts) => [`start ${starts + 1}`]));
  expect(console.log === before).toEqual(true);
});
