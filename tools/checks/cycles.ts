// Cycles in a graph of files that import each other.

/** A cycle for each import that leads back, as a path that ends where it began. None, exactly if there are no cycles. */
export function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const finished = new Set<string>();
  const path: string[] = [];
  const cycles: string[][] = [];

  const visit = (file: string): void => {
    const entered = path.indexOf(file);
    if (entered !== -1) cycles.push([...path.slice(entered), file]);
    if (entered !== -1 || finished.has(file)) return;
    path.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    path.pop();
    finished.add(file);
  };

  for (const file of graph.keys()) visit(file);
  return cycles;
}
