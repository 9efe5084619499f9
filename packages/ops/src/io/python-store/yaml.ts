// Reads the YAML that Python ops writes into the state that Juju keeps: what PyYAML's safe dumper makes of simple values, and tuples.
// Follows https://github.com/canonical/operator/blob/main/ops/storage.py, classes _SimpleDumper and _SimpleLoader.

import type { CollectionTag, ScalarTag } from 'yaml';
import { reasonOf } from '../../errors.ts';
import { PythonValueError } from './errors.ts';
import type { PythonValue } from './python-value.ts';

/** Loads YAML, and gives a function that throws PythonValueError `bad-yaml`. */
export async function yamlReader(): Promise<(text: string) => PythonValue> {
  const { parseDocument } = await import('yaml');
  return (text) => {
    try {
      const document = parseDocument(text, {
        version: '1.1',
        schema: 'failsafe',
        customTags: [...SCALARS, TUPLE, 'set'],
      });
      const [problem] = [...document.errors, ...document.warnings];
      if (problem) throw problem;
      // References are not copied, so their number does no harm.
      return document.toJS({ mapAsMap: true, maxAliasCount: -1 }) as PythonValue;
    } catch (error) {
      // Behind the first line is an excerpt of what was stored, which may be confidential.
      throw new PythonValueError('bad-yaml', reasonOf(error).split(':\n', 1)[0] ?? '');
    }
  };
}

// In the one way in which PyYAML writes each. It quotes texts that it would itself take for something else, and only those: `n` and `1e5`
// are texts, though other readers take them for a boolean and a number.
const SCALARS: readonly ScalarTag[] = [
  plain('null', /^null$/, () => null),
  plain('bool', /^(true|false)$/, (text) => text === 'true'),
  plain('int', /^-?(0|[1-9]\d*)$/, BigInt),
  plain('float', /^-?\d+\.\d+(e[-+]\d+)?$/, Number),
  plain('float', /^(\.nan|-?\.inf)$/, (text) => (text === '.nan' ? NaN : text === '.inf' ? Infinity : -Infinity)),
  { tag: tagOf('binary'), resolve: (base64) => Uint8Array.from(Buffer.from(base64, 'base64')) },
];

const TUPLE: CollectionTag = { tag: tagOf('python/tuple'), collection: 'seq', resolve: (items) => items };

function plain(name: string, test: RegExp, resolve: (text: string) => PythonValue): ScalarTag {
  return { tag: tagOf(name), default: true, test, resolve };
}

function tagOf(name: string): string {
  return `tag:yaml.org,2002:${name}`;
}
