// Where this library has stored nothing yet, what Python ops has left is taken over. Its readers are loaded only then.

import { existsSync } from 'node:fs';
import type { LoadedContents, Store } from '../framework/store.ts';
import { stateGet } from '../hookcmds/state.ts';
import type { HookRunner } from '../hookcmds/runner.ts';
import type { JujuContext } from '../juju/context.ts';
import type { Logger } from '../log.ts';
import { setAsideBefore } from './damaged-database.ts';

export interface PythonPlaces {
  readonly context: JujuContext;
  readonly runner: HookRunner;
  readonly log: Logger;
  /** Where to look first: where this charm's own store is. */
  readonly first: 'local' | 'juju';
}

/** A store that begins with what Python ops has stored, if it has nothing itself. That of Python is only read. */
export function takingOver(store: Store, places: PythonPlaces): Store {
  return {
    async load(): Promise<LoadedContents> {
      const contents = await store.load();
      return (contents.isNew && (await fromPython(places))) || contents;
    },
    commit: (contents) => store.commit(contents),
    close: () => store.close(),
  };
}

async function fromPython(places: PythonPlaces): Promise<LoadedContents | undefined> {
  return places.first === 'local'
    ? ((await fromFile(places)) ?? (await fromJuju(places)))
    : ((await fromJuju(places)) ?? (await fromFile(places)));
}

async function fromFile({ context, log }: PythonPlaces): Promise<LoadedContents | undefined> {
  const path = `${context.charmDir}/.unit-state.db`;
  if (!existsSync(path)) return recallDamage(path, log);
  const { readUnitState } = await import('./python-store/unit-state.ts');
  const { takeOver } = await import('./python-store/takeover.ts');
  return takeOver(await readUnitState(path));
}

function recallDamage(path: string, log: Logger): undefined {
  const aside = setAsideBefore(path);
  if (aside === undefined) return;
  log.log('WARNING', `Nothing was taken over from Python ops, since its store was damaged and kept as ${aside}.`);
}

// The first hook after a Python charm is always this one: no other has to ask.
async function fromJuju({ context, runner }: PythonPlaces): Promise<LoadedContents | undefined> {
  if (context.hookName !== 'upgrade-charm') return undefined;
  const { isPythonState, readControllerState } = await import('./python-store/controller-state.ts');
  const values = await stateGet(runner);
  if (!isPythonState(values)) return undefined;
  const { takeOver } = await import('./python-store/takeover.ts');
  return takeOver(await readControllerState(values));
}
