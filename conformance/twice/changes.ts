// What of a charm's hook commands changes something, in one form for all the ways to write it. This table is what "the same" means in
// `conformance/twice`: two charms did the same if their changes are equal, in order for each noun.

import type { Call } from '../simulated/unit.ts';

export interface Change {
  readonly noun: string;
  /** Reads `status-set unit active up`. Failed commands end in their exit code. */
  readonly text: string;
}

interface Row {
  readonly noun: string;
  /** Flags that take a value; all others are switches. */
  readonly valued?: readonly string[];
  /** Flags that are given another way at times, by the way that is written here. */
  readonly read?: (words: Words) => readonly unknown[];
}

/** A command line taken apart. */
interface Words {
  readonly flags: ReadonlyMap<string, string>;
  readonly args: readonly string[];
  readonly stdin: string | undefined;
}

const TABLE: Readonly<Record<string, Row>> = {
  'action-fail': { noun: 'action' },
  'action-log': { noun: 'action' },
  'action-set': { noun: 'action', read: ({ args }) => [pairs(args)] },
  'application-version-set': { noun: 'version' },
  'close-port': { noun: 'port', valued: ['--endpoints'] },
  'juju-reboot': { noun: 'reboot' },
  'open-port': { noun: 'port', valued: ['--endpoints'] },
  'relation-set': {
    noun: 'relation',
    valued: ['-r', '--relation', '--file'],
    read: ({ flags, args, stdin }) => [
      idOf(flags.get('-r') ?? flags.get('--relation')),
      isSet(flags.get('--app')) ? 'app' : 'unit',
      flags.has('--file') ? sorted(JSON.parse(stdin ?? '{}')) : pairs(args),
    ],
  },
  'secret-add': {
    noun: 'secret',
    valued: ['--label', '--description', '--expire', '--rotate', '--owner'],
    read: ({ flags, args }) => [secretFlags(flags), pairs(args)],
  },
  'secret-grant': {
    noun: 'secret',
    valued: ['--relation', '--unit'],
    read: ({ flags, args: [id] }) => [secretOf(id), sorted(Object.fromEntries(flags))],
  },
  'secret-remove': {
    noun: 'secret',
    valued: ['--revision'],
    read: ({ flags, args: [id] }) => [secretOf(id), sorted(Object.fromEntries(flags))],
  },
  'secret-revoke': {
    noun: 'secret',
    valued: ['--relation', '--app', '--unit'],
    read: ({ flags, args: [id] }) => [secretOf(id), sorted(Object.fromEntries(flags))],
  },
  // Python ops names an owner here too, which Juju does not look at.
  'secret-set': {
    noun: 'secret',
    valued: ['--label', '--description', '--expire', '--rotate', '--owner'],
    read: ({ flags, args: [id, ...content] }) => [
      secretOf(id),
      secretFlags(new Map([...flags].filter(([name]) => name !== '--owner'))),
      pairs(content),
    ],
  },
  'state-delete': { noun: 'state' },
  'state-set': { noun: 'state', valued: ['--file'] },
  'storage-add': { noun: 'storage' },
  'status-set': {
    noun: 'status',
    read: ({ flags, args: [status, message = ''] }) => [
      isSet(flags.get('--application')) ? 'app' : 'unit',
      status,
      message,
    ],
  },
};

/** Commands that only read, or only log. */
const READS: ReadonlySet<string> = new Set([
  'action-get',
  'config-get',
  'credential-get',
  'goal-state',
  'is-leader',
  'network-get',
  'opened-ports',
  'relation-get',
  'relation-ids',
  'relation-list',
  'relation-model-get',
  'resource-get',
  'secret-get',
  'secret-ids',
  'secret-info-get',
  'state-get',
  'status-get',
  'storage-get',
  'storage-list',
  'unit-get',
]);

/** The order of these among themselves means nothing: both libraries say so. */
const UNORDERED: ReadonlySet<string> = new Set(['port']);

/** The changes by noun, in the order in which they were asked for. @throws Error for a command that the table does not have. */
export function changesOf(calls: readonly Call[]): Readonly<Record<string, readonly string[]>> {
  const changes = Object.groupBy(calls.filter(({ command }) => !READS.has(command)).map(changeOf), ({ noun }) => noun);
  return Object.fromEntries(
    Object.entries(changes).map(([noun, of = []]) => {
      const texts = of.map(({ text }) => text);
      return [noun, UNORDERED.has(noun) ? texts.toSorted() : texts];
    }),
  );
}

function changeOf({ command, args, stdin, code }: Call): Change {
  const row = TABLE[command];
  if (row === undefined) throw new Error(`cannot compare ${command}: conformance/twice/changes.ts does not know it`);
  const words = { ...wordsOf(args, row.valued ?? []), stdin };
  const told = row.read?.(words) ?? [...words.flags.entries(), ...words.args];
  const text = [command, ...told.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))].join(' ');
  return { noun: row.noun, text: code === 0 ? text : `${text} (exit ${code})` };
}

// As the hook commands read them: `--flag=value`, `--flag value` for those that take one, everything behind `--` as it is.
function wordsOf(words: readonly string[], valued: readonly string[]): Omit<Words, 'stdin'> {
  const flags = new Map<string, string>();
  const args: string[] = [];
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const [name = '', ...value] = word.split('=');
    if (word === '--') args.push(...left.splice(0));
    else if (!word.startsWith('-') || word === '-') args.push(word);
    else if (value.length > 0) flags.set(name, value.join('='));
    else flags.set(name, valued.includes(name) ? (left.shift() ?? '') : 'true');
  }
  return { flags, args };
}

/** As Go reads booleans: Python writes `True`. */
function isSet(flag: string | undefined): boolean {
  return flag !== undefined && /^(1|t|true)$/i.test(flag);
}

/** `db:7` and `7` are one. */
function idOf(relation: string | undefined): string {
  return relation?.replace(/^.*:/, '') ?? 'current';
}

/** `cvq0`, `secret:cvq0` and `secret://model/cvq0` are one. */
function secretOf(id = ''): string {
  return id.replace(/^secret:/, '').replace(/^.*\//, '');
}

function secretFlags(flags: ReadonlyMap<string, string>): object {
  const expire = flags.get('--expire');
  return sorted({
    ...Object.fromEntries(flags),
    ...(expire !== undefined && { '--expire': new Date(expire).toISOString() }),
  });
}

function pairs(args: readonly string[]): object {
  return sorted(Object.fromEntries(args.map((arg) => [arg.replace(/=.*$/s, ''), arg.replace(/^[^=]*=/, '')])));
}

function sorted(object: object): object {
  return Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
