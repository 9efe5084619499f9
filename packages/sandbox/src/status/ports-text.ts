// A unit's open ports in one cell: `80,443,8000-8010/tcp 53/udp`. Follows juju/juju cmd/juju/status/output_tabular.go, printPorts.

/** @param ports as in the JSON of the status: `80/tcp`, `8000-8010/tcp`, `icmp`. */
export function portsText(ports: readonly string[]): string {
  const protocols = Map.groupBy(ports, (port) => port.replace(/^[\d-]+/, ''));
  return [...protocols]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([protocol, each]) => `${listed(each)}${protocol}`)
    .join(' ');
}

// Neighbours are shown as a range.
function listed(ports: readonly string[]): string {
  const ranges: { from: number; to: number }[] = [];
  const numbers = ports.map((port) => (port.match(/\d+/g) ?? []).map(Number));
  for (const [from, to = from] of numbers.toSorted(([a = 0], [b = 0]) => a - b)) {
    if (from === undefined || to === undefined) continue; // icmp has none
    const last = ranges.at(-1);
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to);
    else ranges.push({ from, to });
  }
  return ranges.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(',');
}
