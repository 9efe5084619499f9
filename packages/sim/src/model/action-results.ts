// The results of an action: dots in a key nest.

type Results = Readonly<Record<string, unknown>>;

/** A plain value and a nested one of the same key replace each other, the later winning. */
export function withResult(results: Results, key: string, value: string): Results {
  const [first = '', ...rest] = key.split('.');
  if (rest.length === 0) return { ...results, [first]: value };
  const nested = results[first];
  const below = typeof nested === 'object' && nested !== null ? (nested as Results) : {};
  return { ...results, [first]: withResult(below, rest.join('.'), value) };
}
