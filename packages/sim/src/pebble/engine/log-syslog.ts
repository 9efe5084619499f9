// Lines as syslog messages of RFC 5424, in the frames of RFC 5425 over TCP, one a datagram over UDP
// (canonical/pebble internals/overlord/logstate/syslog).

import type { LogLine } from './log-buffer.ts';
import type { Labels, LogClient, LogSenders } from './log-ports.ts';

// User, notice; version 1.
const prefix = '<13>1';
// Canonical's number at IANA.
const structuredDataId = 'pebble@28978';
const maxDatagramText = 4000;

/** `undefined` when the location is neither `tcp://host:port` nor `udp://host:port`. */
export function syslogClient(location: string, { hostname, openSyslog }: LogSenders): LogClient | undefined {
  const [, kind, host = '', port = ''] =
    /^(tcp|udp):\/\/(?:[^/?#]*@)?(.+?)(?::(\d+))?(?:[/?#].*)?$/.exec(location) ?? [];
  if (kind !== 'tcp' && kind !== 'udp') return undefined;
  const socket = openSyslog(kind, host.replace(/^\[(.*)\]$/, '$1'), Number(port));
  const encode = kind === 'tcp' ? frame : datagram;
  return {
    send: (lines, labelsOf) => socket.send(lines.map((line) => encode(line, hostname, labelsOf(line.service)))),
    close: () => socket.close(),
  };
}

function frame(line: LogLine, hostname: string, labels: Labels): Uint8Array {
  const message = Buffer.from(`${header(line, hostname, labels)} ${line.message}`);
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}

function datagram(line: LogLine, hostname: string, labels: Labels): Uint8Array {
  const text = Buffer.from(line.message);
  const kept = text.length > maxDatagramText ? [text.subarray(0, maxDatagramText - 3), Buffer.from('...')] : [text];
  return Buffer.concat([Buffer.from(`${header(line, hostname, labels)} `), ...kept]);
}

function header({ time, service }: LogLine, hostname: string, labels: Labels): string {
  const when = time.toISOString().replace(/\.?0*Z$/, 'Z');
  return `${prefix} ${when} ${hostname || '-'} ${service} - - ${structuredData(labels)}`;
}

function structuredData(labels: Labels): string {
  const sorted = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const params = sorted.map(([key, value]) => ` ${key}="${value.replaceAll(/["\\\]]/g, '\\$&')}"`);
  return `[${structuredDataId}${params.join('')}]`;
}
