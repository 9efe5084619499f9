// Names in the charm's code that charmcraft.yaml does not declare, of which the charm would throw when it is constructed or when it asks.

import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import type { NameSource, NamesOfFile } from './code-file.ts';

type Section =
  | 'requires'
  | 'provides'
  | 'peers'
  | 'containers'
  | 'storage'
  | 'resources'
  | 'actions'
  | 'extra-bindings';

interface Noun {
  readonly what: string;
  readonly sections: readonly Section[];
}

const ENDPOINT: Noun = { what: 'endpoint', sections: ['requires', 'provides', 'peers'] };
const CONTAINER: Noun = { what: 'container', sections: ['containers'] };
const STORAGE: Noun = { what: 'storage', sections: ['storage'] };

/** Methods of the charm's objects that take a name of charmcraft.yaml, by the property that holds the object. */
const METHODS: Readonly<Record<string, Noun>> = {
  'on.relation': ENDPOINT,
  'on.container': CONTAINER,
  'on.storage': STORAGE,
  'on.action': { what: 'action', sections: ['actions'] },
  'unit.container': CONTAINER,
  'model.relation': ENDPOINT,
  'model.relations': ENDPOINT,
  'model.storages': STORAGE,
  'model.requestStorages': STORAGE,
  'model.fetchResource': { what: 'resource', sections: ['resources'] },
  'model.binding': { what: 'endpoint or extra binding', sections: [...ENDPOINT.sections, 'extra-bindings'] },
};

/** What Juju has for every charm. */
const ALWAYS: ReadonlySet<string> = new Set(['juju-info']);

export interface UnknownName {
  readonly file: string;
  readonly offset: number;
  readonly message: string;
}

export function unknownNames(files: readonly NamesOfFile[], charmcraft: Charmcraft): readonly UnknownName[] {
  const byFile = new Map(files.map((each) => [each.file, each]));
  return files.flatMap((names) =>
    names.uses.flatMap(({ method, name: source, offset }) => {
      const noun = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
      const name = noun && resolved(source, names, byFile);
      if (!noun || name === undefined || ALWAYS.has(name)) return [];
      const declared = noun.sections.flatMap((section) => Object.keys(charmcraft[section] ?? {}));
      if (declared.includes(name)) return [];
      return [{ file: names.file, offset, message: messageFor(noun, name, declared) }];
    }),
  );
}

function messageFor({ what, sections }: Noun, name: string, declared: readonly string[]): string {
  const there = `there ${declared.length === 1 ? 'is' : 'are'} ${declared.join(', ') || 'none'}`;
  return `charmcraft.yaml has no ${what} ${JSON.stringify(name)}; declare it under ${sections.join(', ')}; ${there}`;
}

/** The text of a name, through a constant of the file or of one that it imports from; `undefined` for what only running tells. */
function resolved(source: NameSource, names: NamesOfFile, files: ReadonlyMap<string, NamesOfFile>): string | undefined {
  if ('text' in source) return source.text;
  const own = names.constants.get(source.constant);
  if (own !== undefined) return own;
  const from = names.imports.get(source.constant);
  return from && files.get(from.file)?.constants.get(from.name);
}
