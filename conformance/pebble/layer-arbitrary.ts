// Layers as texts, most of them with something odd in one place: for the real Pebble and ours to agree on.

import fc from 'fast-check';
import { goData } from '../../packages/sim/src/juju/go/value.ts';
import { goYaml } from '../../packages/sim/src/juju/go/yaml.ts';

// Stands for text that is to be written without quotes.
const plain = (text: string) => `@${text}`;

const names = fc.constantFrom('a', 'b', 'c');
const duration = fc.constantFrom('1s', '90s', '1h2m3.5s', '250ms', '0s', '1.5h', '-3s', '7µs');
const dictionary = fc.dictionary(fc.constantFrom('K', 'L'), fc.constantFrom('v', '', '$X', 'w: x'));
const override = fc.constantFrom('merge', 'replace');
const some = <T>(values: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[]) =>
  fc.record(values, { requiredKeys }) as fc.Arbitrary<T>;

const service = some<object>(
  {
    override,
    command: fc.constantFrom('sleep 60', 'sh -c "a b" [ --c ]', "a 'b'", 'a # b', 'x [ ]'),
    summary: fc.constantFrom('', 's'),
    description: fc.constant('d'),
    startup: fc.constantFrom('enabled', 'disabled', 'sometimes'),
    after: fc.array(names, { maxLength: 2 }),
    before: fc.array(fc.constantFrom('a', 'z'), { maxLength: 1 }),
    requires: fc.array(names, { maxLength: 1 }),
    environment: dictionary,
    user: fc.constant('root'),
    'user-id': fc.constantFrom(0, 42),
    group: fc.constant('nobody'),
    'group-id': fc.constantFrom(0, 7),
    'working-dir': fc.constant('/tmp'),
    'on-success': fc.constantFrom('restart', 'shutdown', 'ignore', 'failure-shutdown', ''),
    'on-failure': fc.constantFrom('restart', 'shutdown', 'ignore', 'success-shutdown'),
    'on-check-failure': fc.dictionary(names, fc.constantFrom('restart', 'ignore', 'success-shutdown', '')),
    'backoff-delay': duration,
    'backoff-factor': fc.constantFrom(1, 1.5, 2, 1e6),
    'backoff-limit': duration,
    'kill-delay': duration,
  },
  ['override', 'command'],
);

const check = fc.record(
  {
    override,
    level: fc.constantFrom('alive', 'ready', ''),
    startup: fc.constant('disabled'),
    // The real Pebble dies of an enabled check with a negative one.
    period: fc.constantFrom('1h', '30m'),
    timeout: fc.constantFrom('1s', '2h'),
    threshold: fc.constantFrom(0, 1, 7),
  },
  { requiredKeys: ['override', 'startup', 'period'] },
);
const ownOfKind = fc.oneof(
  fc.record({ http: some({ url: fc.constant('http://127.0.0.1:1/'), headers: dictionary }, ['url']) }),
  fc.record({ tcp: some({ port: fc.constantFrom(1, 80), host: fc.constant('h') }, ['port']) }),
  fc.record({
    exec: some(
      {
        command: fc.constantFrom('true', 'a "b c"'),
        'service-context': names,
        environment: dictionary,
        user: fc.constant('root'),
        'working-dir': fc.constant('/'),
      },
      ['command'],
    ),
  }),
);
const checks = fc.tuple(check, ownOfKind).map(([common, own]) => ({ ...common, ...own, override: 'replace' }));

const target = some<object>(
  {
    override,
    type: fc.constantFrom('loki', 'opentelemetry', 'syslog'),
    location: fc.constantFrom('tcp://127.0.0.1:1', 'http://127.0.0.1:1/x'),
    services: fc.array(fc.constantFrom('all', '-all', 'a', '-b'), { maxLength: 3 }),
    labels: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('1', '$K')),
  },
  ['override', 'type', 'location'],
);

const layer = some<object>(
  {
    summary: fc.constantFrom('', 'S'),
    description: fc.constant('D'),
    services: fc.dictionary(names, service, { maxKeys: 3 }),
    checks: fc.dictionary(names, checks, { maxKeys: 2 }),
    'log-targets': fc.dictionary(names, target, { maxKeys: 2 }),
  },
  ['services'],
);

const WITHOUT_QUOTES =
  '~|Null|yes|TRUE|010|0o17|0x1F|0b11|-0b11|1_000|1_|_1|+5|.5|5.|1e3|0x1p4|.inf|-.Inf|.nan|inf|Infinity|NaN|2020-01-01|12:30:00|' +
  '9223372036854775808|a b|!!str 5|!!str true|!!str ~|!!int 5|!!float 5|!!null ~|1.0|1s|0|-0|1h1|.5s|1.s|s';

/** Values that are wrong in some places, and mean something else than they seem to in others. */
const odd: fc.Arbitrary<unknown> = fc.constantFrom<unknown[]>(
  null,
  '',
  0,
  1,
  -1,
  5.5,
  1e21,
  true,
  [],
  ['a'],
  [1, null],
  [[]],
  {},
  { a: 'b' },
  { a: 1 },
  { a: null },
  { a: [] },
  ...'x|5| 1s|1s |all|-x|pebble|[ a ]|a [ b|a ] b|a \\|"|é|null|true'.split('|'),
  ...WITHOUT_QUOTES.split('|').map(plain),
);
const key = fc.constantFrom(
  'override',
  'typo',
  'user-id',
  'after',
  'command',
  'exec',
  'tcp',
  '',
  '-n',
  'pebble',
  'type',
  'x y',
);

interface Change {
  readonly at: number;
  readonly kind: 'set' | 'remove' | 'add' | 'rename';
  readonly key: string;
  readonly value: unknown;
}
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(1000),
  kind: fc.constantFrom('set', 'set', 'set', 'remove', 'add', 'rename'),
  key,
  value: odd,
});

/** Changes one of the entries, counted through all of the tree. */
function changed(root: object, { at, kind, key: name, value }: Change): object {
  const copy = structuredClone(root) as Record<string, unknown>;
  const entries: [Record<string, unknown>, string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [each, below] of Object.entries(node)) {
      entries.push([node as Record<string, unknown>, each]);
      visit(below);
    }
  };
  visit(copy);
  const [parent, each] = entries[at % entries.length] ?? [copy, 'services'];
  if (kind === 'set') parent[each] = value;
  if (kind === 'add' && !Array.isArray(parent)) parent[name] = value;
  if (kind === 'rename' && !Array.isArray(parent)) parent[name] = parent[each];
  if ((kind === 'remove' || kind === 'rename') && !(kind === 'rename' && name === each)) delete parent[each];
  return JSON.parse(JSON.stringify(copy)) as object;
}

const unquoted = (text: string) =>
  text.replaceAll(/"@((?:[^"\\]|\\.)*)"|'@([^']*)'/g, (_, double?: string, single = '') =>
    double === undefined ? single : String(JSON.parse(`"${double}"`)),
  );

/** A text that may be a layer. */
export const layerText: fc.Arbitrary<string> = fc
  .tuple(layer, fc.array(change, { maxLength: 2 }), fc.boolean())
  .map(([value, changes, isBlock]) => {
    const given = changes.reduce(changed, value);
    return unquoted(isBlock ? goYaml(goData(given)) : JSON.stringify(given));
  });
