// open-port, close-port and opened-ports. Follow juju/juju internal/worker/uniter/runner/jujuc/ports.go and core/network/portrange.go.

import type { CommandCall, HookCommand } from '../command.ts';
import type { PortRange } from '../hook-context.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

const MAX_PORT = 65_535;

export const openPort: HookCommand = {
  name: 'open-port',
  flags: { endpoints: 'text' },
  run: (call) => rangesOf(call).forEach((range) => call.context.openPort(range)),
};

export const closePort: HookCommand = {
  name: 'close-port',
  flags: { endpoints: 'text' },
  run: (call) => rangesOf(call).forEach((range) => call.context.closePort(range)),
};

export const openedPorts: HookCommand = {
  name: 'opened-ports',
  flags: { endpoints: 'flag' },
  prints: true,
  run({ context, flags, args }) {
    requireAtMost(args, 0);
    const endpoints = new Map<string, string[]>();
    for (const range of context.openedPorts().toSorted(compareRanges)) {
      const text = rangeText(range);
      endpoints.set(text, [...(endpoints.get(text) ?? []), range.endpoint || '*']);
    }
    return [...endpoints].map(([text, names]) => (flags.endpoints ? `${text} (${names.join(', ')})` : text));
  },
};

function rangesOf({ args, flags }: CommandCall): readonly PortRange[] {
  const [text] = args;
  if (text === undefined) throw new UsageError('no port or range specified');
  requireAtMost(args, 1);
  const endpoints = String(flags.endpoints ?? '').split(',');
  return endpoints.map((endpoint) => ({ ...parseRange(text), endpoint: endpoint.trim() }));
}

function parseRange(text: string): Omit<PortRange, 'endpoint'> {
  if (text === 'icmp') return { protocol: 'icmp', from: -1, to: -1 };
  const [, ports = '', protocol = 'tcp'] = /^([^/]*)(?:\/(.*))?$/.exec(text) ?? [];
  if (protocol === 'icmp') {
    throw new UsageError(`protocol "icmp" doesn't support any ports; got ${JSON.stringify(ports)}`);
  }
  if (protocol !== 'tcp' && protocol !== 'udp') {
    throw new UsageError(`invalid protocol ${JSON.stringify(protocol)}, expected "tcp", "udp", or "icmp"`);
  }
  const match = /^(\d+)(?:-(\d+))?$/.exec(ports);
  if (!match) throw new UsageError(`invalid port range ${JSON.stringify(ports)}`);
  const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
  if (from > to) throw new UsageError(`invalid port range ${from}-${to}/${protocol}`);
  if (to > MAX_PORT) throw new UsageError(`port range bounds must be between 0 and ${MAX_PORT}, got ${from}-${to}`);
  return { protocol, from, to };
}

function rangeText({ protocol, from, to }: PortRange): string {
  if (protocol === 'icmp') return 'icmp';
  return `${from === to ? from : `${from}-${to}`}/${protocol}`;
}

function compareRanges(a: PortRange, b: PortRange): number {
  return a.protocol.localeCompare(b.protocol) || a.from - b.from || a.to - b.to;
}
