// The charm class of a Python project: what it observes, and what else it has.

import type { SyntaxNode } from '@lezer/common';
import { assignedTo, constantText, turnsAround, type Turn } from './names.ts';
import {
  argumentsOf,
  around,
  nameOf,
  nodesOf,
  partsOf,
  placeOf,
  textOf,
  withoutParentheses,
  type Place,
  type PythonFile,
} from './syntax.ts';
import { valueOf, type Json } from './values.ts';

/** `self.on.config_changed` is `{ name: 'config_changed' }`, `self.on['db'].relation_changed` has the key `db`. */
export interface PythonEvent {
  readonly key: string | undefined;
  readonly name: string;
}

export interface PythonObservation extends Place {
  readonly event: PythonEvent;
  /** Name of the method. */
  readonly handler: string;
}

/** An `observe` whose event or handler cannot be told. */
export interface UnreadObservation extends Place {
  readonly code: string;
}

export interface PythonMethod extends Place {
  readonly name: string;
  /** What is between its head and its end, line by line. */
  readonly body: readonly string[];
}

export interface PythonStoredState extends Place {
  readonly name: string;
  /** Values that are set by default; `undefined` for those that only running tells. */
  readonly defaults: ReadonlyMap<string, Json | undefined>;
}

export interface PythonCharm extends Place {
  readonly className: string;
  readonly observations: readonly PythonObservation[];
  readonly unread: readonly UnreadObservation[];
  /** By name. Those of classes of the project that it extends are among them. */
  readonly methods: ReadonlyMap<string, PythonMethod>;
  readonly storedStates: readonly PythonStoredState[];
}

interface ClassPlace {
  readonly node: SyntaxNode;
  readonly file: PythonFile;
}

/** `undefined` when there is no class that extends `CharmBase`. */
export function readCharmClass(files: readonly PythonFile[]): PythonCharm | undefined {
  const classes = files.flatMap((file) => nodesOf(file.root, 'ClassDefinition').map((node) => ({ node, file })));
  const charm = charmAmong(classes, files);
  if (!charm) return undefined;
  const family = [charm, ...ancestorsOf(charm, classes)];
  const read = family.flatMap(({ node, file }) => observesOf(node, file, files));
  const methods = family.toReversed().flatMap(({ node, file }) => methodsOf(node, file));
  return {
    className: nameOf(charm.node, charm.file) ?? '',
    ...placeOf(charm.node, charm.file),
    observations: read.filter((each) => 'event' in each),
    unread: read.filter((each) => 'code' in each),
    methods: new Map(methods.map((method) => [method.name, method])),
    storedStates: family.flatMap(({ node, file }) => storedStatesOf(node, file)),
  };
}

/** The one that is given to `main`, else the last that extends `CharmBase`. */
function charmAmong(classes: readonly ClassPlace[], files: readonly PythonFile[]): ClassPlace | undefined {
  const main = files.flatMap((file) =>
    nodesOf(file.root, 'CallExpression')
      .filter((call) => nameOf(call, file) === 'main')
      .flatMap((call) => argumentsOf(call, file).map(({ value }) => nameOf(value, file))),
  );
  const isNamed = ({ node, file }: ClassPlace) => main.includes(nameOf(node, file));
  const isCharm = (place: ClassPlace) => [place, ...ancestorsOf(place, classes)].some(extendsCharmBase);
  return classes.find(isNamed) ?? classes.findLast(isCharm);
}

function basesOf({ node, file }: ClassPlace): readonly (string | undefined)[] {
  if (!node.getChild('ArgList')) return [];
  return argumentsOf(node, file)
    .filter(({ name }) => name === undefined)
    .map(({ value }) => nameOf(value, file));
}

function extendsCharmBase(place: ClassPlace): boolean {
  return basesOf(place).some((base) => base?.endsWith('CharmBase'));
}

function ancestorsOf(place: ClassPlace, classes: readonly ClassPlace[]): readonly ClassPlace[] {
  const parents = classes.filter(
    ({ node, file }) => node !== place.node && basesOf(place).includes(nameOf(node, file)),
  );
  return parents.flatMap((parent) => [
    parent,
    ...ancestorsOf(
      parent,
      classes.filter((each) => each !== parent),
    ),
  ]);
}

function observesOf(
  node: SyntaxNode,
  file: PythonFile,
  files: readonly PythonFile[],
): readonly (PythonObservation | UnreadObservation)[] {
  const calls = nodesOf(node, 'CallExpression').filter((call) => nameOf(call, file) === 'observe');
  return calls.flatMap((call): readonly (PythonObservation | UnreadObservation)[] => {
    const place = placeOf(call, file);
    const turns = turnsAround(call, file);
    const read = turns?.map((turn) => observationOf(call, turn, file, files));
    if (read?.every((each) => each !== undefined)) return read.map((each) => ({ ...each, ...place }));
    return [{ ...place, code: textOf(call, file).replaceAll(/\s+/g, ' ') }];
  });
}

function observationOf(
  call: SyntaxNode,
  turn: Turn,
  file: PythonFile,
  files: readonly PythonFile[],
): Pick<PythonObservation, 'event' | 'handler'> | undefined {
  const given = argumentsOf(call, file);
  const argument = (name: string, index: number) => {
    return given.find((each) => each.name === name) ?? given.filter((each) => each.name === undefined)[index];
  };
  const [bound, observer] = [argument('bound_event', 0), argument('observer', 1)];
  const event = bound && eventOf(resolved(bound.value, turn, file), turn, file, files);
  const handler = observer && methodOf(resolved(observer.value, turn, file), file);
  return event && handler !== undefined ? { event, handler } : undefined;
}

/** What a variable holds, in place of the variable. */
function resolved(expression: SyntaxNode, turn: Turn, file: PythonFile): SyntaxNode {
  const node = withoutParentheses(expression);
  if (node.name !== 'VariableName') return node;
  const name = textOf(node, file);
  const held = turn.get(name) ?? assignedTo(name, node, file);
  return held && held !== node ? withoutParentheses(held) : node;
}

function eventOf(
  node: SyntaxNode,
  turn: Turn,
  file: PythonFile,
  files: readonly PythonFile[],
): PythonEvent | undefined {
  const name = node.name === 'MemberExpression' ? nameOf(node, file) : undefined;
  const owner = node.firstChild;
  if (name === undefined || !owner) return undefined;
  if (textOf(owner, file) === 'self.on') return { key: undefined, name };
  const [source, index] = partsOf(owner);
  const isIndex = owner.name === 'MemberExpression' && !owner.getChild('PropertyName');
  if (!isIndex || !source || !index || textOf(source, file) !== 'self.on') return undefined;
  const key = constantText(turn.get(textOf(index, file)) ?? index, file, files);
  return key === undefined ? undefined : { key, name };
}

function methodOf(node: SyntaxNode, file: PythonFile): string | undefined {
  return /^self\.(\w+)$/.exec(textOf(node, file))?.[1];
}

function methodsOf(node: SyntaxNode, file: PythonFile): readonly PythonMethod[] {
  const functions = nodesOf(node, 'FunctionDefinition').filter((each) => {
    return around(each, 'ClassDefinition', 'FunctionDefinition')?.from === node.from;
  });
  return functions.flatMap((each) => {
    const name = nameOf(each, file);
    return name === undefined ? [] : [{ name, ...placeOf(each, file), body: bodyOf(each, file) }];
  });
}

function bodyOf(node: SyntaxNode, file: PythonFile): readonly string[] {
  const body = node.getChild('Body');
  const code = body ? textOf(body, file).slice(1) : '';
  const lines = code.split('\n').slice(code.startsWith('\n') ? 1 : 0);
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return lines
    .join('\n')
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(Number.isFinite(indent) ? indent : 0));
}

function storedStatesOf(node: SyntaxNode, file: PythonFile): readonly PythonStoredState[] {
  const assignments = nodesOf(node, 'AssignStatement').flatMap((assignment) => {
    const [target, , value] = partsOf(assignment).filter(({ name }) => name !== 'TypeDef');
    const isStored = value?.name === 'CallExpression' && nameOf(value, file) === 'StoredState';
    return target?.name === 'VariableName' && isStored ? [target] : [];
  });
  return assignments.map((target) => {
    const name = textOf(target, file);
    return { name, ...placeOf(target, file), defaults: defaultsOf(name, node, file) };
  });
}

function defaultsOf(state: string, node: SyntaxNode, file: PythonFile): ReadonlyMap<string, Json | undefined> {
  const calls = nodesOf(node, 'CallExpression').filter((call) => {
    return call.firstChild && textOf(call.firstChild, file) === `self.${state}.set_default`;
  });
  const given = calls.flatMap((call) => argumentsOf(call, file));
  return new Map(given.flatMap(({ name, value }) => (name === undefined ? [] : [[name, valueOf(value, file)]])));
}
