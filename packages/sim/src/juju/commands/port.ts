// open-port, close-port and opened-ports. Follow juju/juju internal/worker/uniter/runner/jujuc/ports.go and core/network/portrange.go.

import { quote, reasonOf } from '@charmed/ops/internal';
import type { CommandCall, HookCommand } from '../command.ts';
import { portText, type PortRange } from '../context/network.ts';
import { atoi } from '../go/integer.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

const MAX_PORT = 65_535;

export const openPort: HookCommand = {
  name: 'open-port',
  flags: { endpoints: 'text' },
  formatIsDeprecated: true,
  run: (call) => rangesOf(call).forEach((range) => call.context.ports.open(range)),
};

export const closePort: HookCommand = {
  name: 'close-port',
  flags: { endpoints: 'text' },
  formatIsDeprecated: true,
  run: (call) => rangesOf(call).forEach((range) => call.context.ports.close(range)),
};

export const openedPorts: HookCommand = {
  name: 'opened-ports',
  flags: { endpoints: 'flag' },
  prints: 'smart',
  run({ context, flags, args }) {
    requireAtMost(args, 0);
    const endpoints = new Map<string, string[]>();
    for (const range of context.ports.opened().toSorted(compareRanges)) {
      const text = portText(range);
      endpoints.set(text, [...(endpoints.get(text) ?? []), range.endpoint || '*']);
    }
    return [...endpoints].map(([text, names]) => {
      const shown = names.includes('*') ? '*' : names.toSorted().join(', ');
      return flags.endpoints ? `${text} (${shown})` : text;
    });
  },
};

function rangesOf({ args, flags }: CommandCall): readonly PortRange[] {
  const [text] = args;
  if (text === undefined) throw new UsageError('no port or range specified');
  const range = parseRange(text.toLowerCase());
  requireAtMost(args, 1);
  const endpoints = String(flags.endpoints ?? '').split(',');
  return endpoints.map((endpoint) => ({ ...range, endpoint: endpoint.trim() }));
}

function parseRange(text: string): Omit<PortRange, 'endpoint'> {
  const slash = text.indexOf('/');
  const [ports, protocol] = slash < 0 ? [text, 'tcp'] : [text.slice(0, slash), text.slice(slash + 1)];
  if (ports === 'icmp') return { protocol: 'icmp', from: -1, to: -1 };
  const { from, to } = boundsIn(ports);
  if (protocol === 'icmp') throw new UsageError(`protocol "icmp" doesn't support any ports; got "${from}"`);
  if (protocol !== 'tcp' && protocol !== 'udp') {
    throw new UsageError(`invalid protocol ${quote(protocol)}, expected "tcp", "udp", or "icmp"`);
  }
  if (from > to) throw new UsageError(`invalid port range ${from}-${to}/${protocol}`);
  if (to > MAX_PORT) throw new UsageError(`port range bounds must be between 0 and ${MAX_PORT}, got ${from}-${to}`);
  return { protocol, from, to };
}

function boundsIn(text: string): { readonly from: number; readonly to: number } {
  const [first = '', last = first, ...others] = text.split('-');
  if (others.length > 0) throw new UsageError(`invalid port range ${quote(text)}`);
  return { from: portFrom(first), to: portFrom(last) };
}

function portFrom(text: string): number {
  try {
    return atoi(text);
  } catch (error) {
    throw new UsageError(`invalid port ${quote(text)}: ${reasonOf(error)}`);
  }
}

function compareRanges(a: PortRange, b: PortRange): number {
  return a.protocol.localeCompare(b.protocol) || a.from - b.from || a.to - b.to;
}
