// Charms that reconcile come to the same state whatever the model is, and whatever is asked of it: exploring raises no false alarm.

import { test } from 'node:test';
import { ModelCommandError } from '@charmed/sim/model';
import fc from 'fast-check';
import { Model } from '../../src/index.ts';
import { DbCharm, WebCharm } from '../model-charms.ts';
import { AgentCharm, AllCharm, SiteCharm, WatchCharm } from './explore-charms.ts';

type Command = (model: Model) => void | Promise<void>;

const command =
  (change: Command): Command =>
  async (model) => {
    try {
      await change(model);
    } catch (error) {
      if (!(error instanceof ModelCommandError)) throw error; // a command that does not fit changes nothing
    }
  };

const APPLICATIONS = ['web', 'db', 'proxy', 'site', 'agent', 'watch'] as const;
const PAIRS = [
  ['web:db', 'db'],
  ['proxy:site', 'site'],
  ['proxy:backup', 'site'],
  ['site:juju-info', 'agent'],
  ['db:juju-info', 'agent'],
] as const;

const commands: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PAIRS).map(([a, b]) => command((model) => model.integrate(a, b))) },
  { weight: 1, arbitrary: fc.constantFrom(...PAIRS).map(([a, b]) => command((model) => model.removeRelation(a, b))) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...APPLICATIONS), fc.nat(2))
      .map(([name, units]) => command((model) => model.scale(name, units))),
  },
  { weight: 2, arbitrary: fc.nat(99).map((port) => command((model) => model.config('web', { port }))) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('one', 'two')
      .map((check) => command((model) => model.failCheck('watch/0', 'main', check))),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('one', 'two')
      .map((check) => command((model) => model.passCheck('watch/0', 'main', check))),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('web/0', 'watch/0')
      .map((unit) => command((model) => model.restartContainer(unit, unit === 'web/0' ? 'app' : 'main'))),
  },
  { weight: 1, arbitrary: fc.constantFrom(...APPLICATIONS).map((name) => command((model) => model.remove(name))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('web/1', 'site/1', 'db/1').map((unit) => command((model) => model.setLeader(unit))),
  },
  { weight: 1, arbitrary: fc.constant(command((model) => model.advance(300_000))) },
  { weight: 3, arbitrary: fc.constant(command(async (model) => void (await model.settle()))) },
);

test('exploring raises no false alarm', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(commands, { maxLength: 12, size: 'max' }),
      fc.nat(1000),
      fc.boolean(),
      async (all, seed, isSettled) => {
        const model = new Model();
        for (const charm of [WebCharm, DbCharm, AllCharm, SiteCharm, AgentCharm, WatchCharm]) model.deploy(charm);
        if (isSettled) await model.settle();
        for (const each of all) await each(model);
        await model.explore({ order: 3, seed });
      },
    ),
    { numRuns: 3 },
  );
});
