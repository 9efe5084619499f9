// A file of code: the names that it asks the charm for, as `this.on.relation('db')` does, and whether it calls `main`.

import { dirname, join } from 'node:path';
import { Visitor, type ESTree } from 'rolldown/utils';

export interface CodeFile {
  /** Relative to the project. */
  readonly file: string;
  readonly code: string;
  readonly program: ESTree.Program;
}

/** A text in the code, or where it is to be found. */
export type NameSource = { readonly text: string } | { readonly constant: string };

export interface Use {
  /** Such as `on.relation`. */
  readonly method: string;
  readonly name: NameSource;
  readonly offset: number;
}

export interface NamesOfFile {
  readonly file: string;
  readonly uses: readonly Use[];
  /** Texts by the name of their constant. */
  readonly constants: ReadonlyMap<string, string>;
  /** Where a constant of another file comes from: `src/names.ts` and its name there, by its name here. */
  readonly imports: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
}

export function readNames({ file, program }: CodeFile): NamesOfFile {
  const uses: Use[] = [];
  const constants = new Map<string, string>();
  const bound = new Map<string, number>();
  const imports = new Map<string, { file: string; name: string }>();
  const aliases = new Map<string, string>();
  const bind = (node: { readonly type: string; readonly name?: unknown } | null | undefined) => {
    if (node?.type === 'Identifier') bound.set(String(node.name), (bound.get(String(node.name)) ?? 0) + 1);
  };
  const bindAll = (parameters: readonly ESTree.ParamPattern[]) => parameters.forEach((each) => bind(each));
  new Visitor({
    CallExpression({ callee, arguments: [argument] }) {
      const method = methodOf(callee);
      const name = argument && nameFrom(argument);
      if (method && name && argument) uses.push({ method, name, offset: argument.start });
    },
    VariableDeclarator({ id, init }) {
      bind(id);
      if (id.type === 'ObjectPattern') aliasesOf(id, aliases);
      if (id.type !== 'Identifier' || !init) return;
      const text = textOf(init);
      if (text !== undefined) constants.set(id.name, text);
      const property = propertyOf(plain(init));
      if (property) aliases.set(id.name, property);
    },
    FunctionDeclaration: ({ params }) => bindAll(params),
    FunctionExpression: ({ params }) => bindAll(params),
    ArrowFunctionExpression: ({ params }) => bindAll(params),
    ImportDeclaration({ source, specifiers }) {
      if (!source.value.startsWith('.')) return;
      for (const specifier of specifiers) {
        if (specifier.type !== 'ImportSpecifier') continue;
        const { imported } = specifier;
        const name = imported.type === 'Identifier' ? imported.name : imported.value;
        imports.set(specifier.local.name, { file: join(dirname(file), source.value), name });
      }
    },
  }).visit(program);
  // A name that is bound twice may be another one where it is used.
  for (const [name, times] of bound) if (times > 1) constants.delete(name);
  return { file, uses: uses.map((use) => ({ ...use, method: throughAlias(use.method, aliases) })), constants, imports };
}

/** `on.relation` of `this.on.relation(…)`, `this['on']?.relation(…)` and the like; `.relation` behind a name alone, as `on.relation(…)`. */
function methodOf(callee: ESTree.Expression): string | undefined {
  const called = plain(callee);
  const method = propertyOf(called);
  if (method === undefined || called.type !== 'MemberExpression') return undefined;
  const owner = plain(called.object);
  if (owner.type === 'Identifier') return `=${owner.name}.${method}`;
  const property = propertyOf(owner);
  return property === undefined ? undefined : `${property}.${method}`;
}

/** What a name stands for, if it was taken out of an object: `const { on } = this`, `const events = this.on`. */
function throughAlias(method: string, aliases: ReadonlyMap<string, string>): string {
  if (!method.startsWith('=')) return method;
  const [owner = '', name = ''] = method.slice(1).split('.', 2);
  return `${aliases.get(owner) ?? owner}.${name}`;
}

function aliasesOf(pattern: ESTree.ObjectPattern, aliases: Map<string, string>): void {
  for (const property of pattern.properties) {
    if (property.type !== 'Property' || property.value.type !== 'Identifier') continue;
    if (property.key.type === 'Identifier') aliases.set(property.value.name, property.key.name);
  }
}

/** The name of the property that an expression reads, as `b` of `a.b` and of `a['b']`. */
function propertyOf(expression: ESTree.Expression): string | undefined {
  if (expression.type !== 'MemberExpression') return undefined;
  const { property, computed } = expression;
  if (computed) return textOf(property);
  return property.type === 'Identifier' ? property.name : undefined;
}

function nameFrom(argument: ESTree.Argument): NameSource | undefined {
  if (argument.type === 'SpreadElement') return undefined;
  const text = textOf(argument);
  if (text !== undefined) return { text };
  const expression = plain(argument);
  return expression.type === 'Identifier' ? { constant: expression.name } : undefined;
}

/** The text that an expression is, if it is one: of a literal, or of a template without expressions. */
function textOf(expression: ESTree.Expression): string | undefined {
  const node = plain(expression);
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

/** An expression without what only the compiler or a reader needs of it: `(x as const)!`. */
function plain(expression: ESTree.Expression): ESTree.Expression {
  switch (expression.type) {
    case 'ParenthesizedExpression':
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return plain(expression.expression);
    default:
      return expression;
  }
}

/** Whether the file calls what it imports from `@charmed/ops` as `main`. */
export function callsMain({ program }: CodeFile): boolean {
  const names = new Set<string>();
  let isCalled = false;
  new Visitor({
    ImportDeclaration({ source, specifiers }) {
      if (source.value !== '@charmed/ops') return;
      for (const specifier of specifiers) {
        const { local } = specifier;
        if (specifier.type === 'ImportNamespaceSpecifier') names.add(`${local.name}.main`);
        if (specifier.type !== 'ImportSpecifier') continue;
        if (specifier.imported.type === 'Identifier' && specifier.imported.name === 'main') names.add(local.name);
      }
    },
    CallExpression({ callee }) {
      const called = plain(callee);
      const owner = called.type === 'MemberExpression' ? plain(called.object) : called;
      if (owner.type !== 'Identifier') return;
      const method = propertyOf(called);
      if (names.has(method === undefined ? owner.name : `${owner.name}.${method}`)) isCalled = true;
    },
  }).visit(program);
  return isCalled;
}
