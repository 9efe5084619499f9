// Where this library has stored nothing yet, what Python ops left beside the charm is taken over. Its readers are loaded only then.

import { existsSync } from 'node:fs';
import type { LoadedContents, Store } from '../framework/store.ts';

/** A store that begins with the contents of `.unit-state.db`, if that exists and it has none itself. The file is only read. */
export function takingOver(store: Store, unitStatePath: string): Store {
  return {
    async load(): Promise<LoadedContents> {
      const contents = await store.load();
      return (contents.isNew && (await fromPython(unitStatePath))) || contents;
    },
    commit: (contents) => store.commit(contents),
    close: () => store.close(),
  };
}

async function fromPython(path: string): Promise<LoadedContents | undefined> {
  if (!existsSync(path)) return undefined;
  const [{ takeOver }, { readUnitState }] = await Promise.all([
    import('./python-store/takeover.ts'),
    import('./python-store/unit-state.ts'),
  ]);
  return takeOver(await readUnitState(path));
}
