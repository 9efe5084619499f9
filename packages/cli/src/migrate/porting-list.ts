// PORTING.md: what the author of the charm has to do by hand, as a list to tick off.

import type { MigratedYaml } from './charmcraft-yaml.ts';
import type { MigrationPlan } from './plan.ts';
import type { Place } from './python/syntax.ts';

export interface Leftovers {
  /** Python files of the charm, but for that of its class, each with its number of lines. */
  readonly modules: ReadonlyMap<string, number>;
  /** Files of libraries that charmcraft fetched. */
  readonly libraries: readonly string[];
  /** Python packages, as requirements.txt and pyproject.toml name them. */
  readonly packages: readonly string[];
  readonly tests: readonly string[];
}

export function portingList(name: string, plan: MigrationPlan, yaml: MigratedYaml, left: Leftovers): string {
  const { handlers, unread, others, storedStates, charm } = plan;
  const unknown = storedStates.flatMap((state) =>
    [...state.defaults]
      .filter(([, value]) => value === undefined)
      .map(([key]) => `\`${state.name}.${key}\`, ${at(state)}`),
  );
  const sections: readonly (readonly [title: string, why: string, items: readonly string[]])[] = [
    [
      'Handlers',
      'Each observes what it did in Python, under the same name, so that events that the Python charm deferred reach it. It throws until it is ported; its Python code stands in it.',
      handlers.map(({ name: handler, method, events, source }) => {
        const kinds = events.map(({ kind }) => kind).join(', ');
        return `\`${handler}\`: ${kinds}. \`${method}\`${source ? `, ${at(source)}` : ', which no class of this project has'}`;
      }),
    ],
    [
      'Observations that are not in the class',
      'Such as events of libraries and of the charm itself, and names that are made while the charm runs.',
      unread.map(({ code, reason, ...place }) => `\`${code}\`, ${at(place)}: ${reason}`),
    ],
    [
      'Other methods of the class',
      'Helpers and properties.',
      others.map((method) => `\`${method.name}\`, ${at(method)}`),
    ],
    ['Stored state', 'Give these a default and a type; `null` stands for what is not written in the code.', unknown],
    ['Other Python files', '', [...left.modules].map(([file, lines]) => `${file}, ${lines} lines`)],
    [
      'Charm libraries',
      'They become packages of npm, or code of the charm. What they observed is under "Observations".',
      [...new Set([...yaml.libraries, ...left.libraries])],
    ],
    [
      'Python packages',
      'Look for what they do in Node itself first.',
      left.packages.filter((each) => !/^ops\b/.test(each)),
    ],
    ['Tests', 'State transitions carry over almost word by word: see "Coming from Scenario".', left.tests],
  ];
  const changed = yaml.changed.map((key) => `\`${key}\``).join(', ');
  return `# Porting ${name} from Python

\`charmed migrate\` made this project of \`${charm.className}\`, ${at(charm)}. charmcraft.yaml is as it was${changed ? `, but for ${changed}` : ''}.
"Coming from Python ops" has each name of ops beside its name here. Events that the Python charm deferred and what it stored are taken over when its
units are refreshed to this one, as long as handlers and stored states keep their names.
${sections
  .filter(([, , items]) => items.length > 0)
  .map(section)
  .join('')}
## At the end

- [ ] \`npm test\` passes, and \`npx charmed pack\` makes a charm.
- [ ] An integration test: \`charmed init\` in an empty folder makes one to begin with.
- [ ] README.md and CONTRIBUTING.md tell of Node in place of Python.
`;
}

function section([title, why, items]: readonly [string, string, readonly string[]]): string {
  return `\n## ${title}\n\n${why === '' ? '' : `${why}\n\n`}${items.map((item) => `- [ ] ${item}\n`).join('')}`;
}

function at({ file, line }: Place): string {
  return `${file}:${line}`;
}
