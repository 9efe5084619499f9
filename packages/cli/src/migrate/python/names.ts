// What names in Python code stand for, as far as reading tells: variables of loops, of functions and of the class, constants.

import type { SyntaxNode } from '@lezer/common';
import { around, nameOf, nodesOf, partsOf, textOf, withoutParentheses, type PythonFile } from './syntax.ts';
import { stringOf } from './values.ts';

/** Nodes by the name of a loop's variable, for one turn of the loop. */
export type Turn = ReadonlyMap<string, SyntaxNode>;

/** Each turn of the loops around a node; `undefined` if what they loop over is made when the code runs. */
export function turnsAround(node: SyntaxNode, file: PythonFile): readonly Turn[] | undefined {
  const loop = around(node, 'ForStatement', 'FunctionDefinition');
  if (loop?.name !== 'ForStatement') return [new Map()];
  const outer = turnsAround(loop, file);
  const inner = turnsOf(loop, file);
  if (!outer || !inner) return undefined;
  return outer.flatMap((before) => inner.map((turn) => new Map([...before, ...turn])));
}

function turnsOf(loop: SyntaxNode, file: PythonFile): readonly Turn[] | undefined {
  const parts = partsOf(loop);
  const end = parts.findIndex(({ name }) => name === 'in');
  const names = parts.slice(0, end).flatMap((part) => nodesOf(part, 'VariableName').map((node) => textOf(node, file)));
  const over = parts[end + 1];
  const items = over && itemsOf(over, names.length, file);
  return items?.map((item) => new Map(item.map((value, index) => [names[index] ?? '', value])));
}

/** What a loop with so many variables gets, turn by turn. */
function itemsOf(expression: SyntaxNode, variables: number, file: PythonFile): readonly SyntaxNode[][] | undefined {
  const node = withoutParentheses(expression);
  if (node.name === 'VariableName') {
    const assigned = assignedTo(textOf(node, file), node, file);
    return assigned && itemsOf(assigned, variables, file);
  }
  const items = isItemsCall(node, file) ? pairsOf(node, file) : elementsOf(node, variables);
  return items?.every(({ length }) => length === variables) ? items : undefined;
}

function elementsOf(node: SyntaxNode, variables: number): SyntaxNode[][] | undefined {
  if (!['TupleExpression', 'ArrayExpression', 'SetExpression'].includes(node.name)) return undefined;
  return partsOf(node).map((item) => (variables === 1 ? [item] : [...partsOf(withoutParentheses(item))]));
}

function isItemsCall(node: SyntaxNode, file: PythonFile): boolean {
  return node.name === 'CallExpression' && nameOf(node, file) === 'items';
}

function pairsOf(call: SyntaxNode, file: PythonFile): SyntaxNode[][] | undefined {
  const object = call.firstChild?.firstChild;
  const mapping = object?.name === 'VariableName' ? assignedTo(textOf(object, file), object, file) : object;
  if (mapping?.name !== 'DictionaryExpression') return undefined;
  const parts = partsOf(mapping);
  return parts.flatMap((key, index) => (index % 2 === 0 ? [[key, parts[index + 1] ?? key]] : []));
}

/** The one value that a variable gets in the function around a node, or in the module. */
export function assignedTo(name: string, node: SyntaxNode, file: PythonFile): SyntaxNode | undefined {
  const scope = around(node, 'FunctionDefinition');
  const local = scope && valuesOf(name, scope, file);
  if (local && local.length > 0) return local.length === 1 ? local[0] : undefined;
  const global = valuesOf(name, file.root, file).filter(
    (value) => !around(value, 'FunctionDefinition', 'ClassDefinition'),
  );
  return global.length === 1 ? global[0] : undefined;
}

function valuesOf(target: string, scope: SyntaxNode, file: PythonFile): readonly SyntaxNode[] {
  return nodesOf(scope, 'AssignStatement').flatMap((assignment) => {
    const parts = partsOf(assignment).filter(({ name }) => name !== 'TypeDef');
    const [to, operator, value, more] = parts;
    const isIt = to && operator?.name === 'AssignOp' && textOf(to, file) === target && !more;
    return isIt && value ? [value] : [];
  });
}

/** The text that an expression is: a literal, a constant of a file, or an attribute of the class that gets one. */
export function constantText(
  expression: SyntaxNode,
  file: PythonFile,
  files: readonly PythonFile[],
): string | undefined {
  const node = withoutParentheses(expression);
  if (node.name === 'String' || node.name === 'ContinuedString') return stringOf(node, file);
  if (node.name === 'VariableName') {
    const name = textOf(node, file);
    const own = assignedTo(name, node, file);
    if (own) return stringOf(own, file);
    const elsewhere = files.flatMap((other) =>
      valuesOf(name, other.root, other).map((value) => stringOf(value, other)),
    );
    return elsewhere.length === 1 ? elsewhere[0] : undefined;
  }
  const name = node.name === 'MemberExpression' ? nameOf(node, file) : undefined;
  const owner = around(node, 'ClassDefinition');
  if (name === undefined || !owner) return undefined;
  const values = [...valuesOf(`self.${name}`, owner, file), ...valuesOf(name, owner, file)];
  return values.length === 1 && values[0] ? stringOf(values[0], file) : undefined;
}
