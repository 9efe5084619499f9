// What Juju fills in of an action's parameters.

type Params = Readonly<Record<string, unknown>>;

/** @param declared the schema of each parameter, by its name. */
export function defaultParams(declared: Params = {}): Params {
  const defaults = Object.entries(declared).flatMap(([name, schema]) => {
    const value: unknown = typeof schema === 'object' && schema !== null ? Reflect.get(schema, 'default') : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(defaults);
}
