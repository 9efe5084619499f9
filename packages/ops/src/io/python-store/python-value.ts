// What Python ops stores, before it becomes JSON: the simple values of Python that `marshal` takes.

/** Whole numbers are bigints and floats are numbers; tuples are arrays, frozensets are sets. */
export type PythonValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | PythonValue[]
  | PythonSet
  | PythonDict;
export type PythonSet = Set<PythonValue>;
export type PythonDict = Map<PythonValue, PythonValue>;
