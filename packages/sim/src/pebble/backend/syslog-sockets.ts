// Connections to syslog servers. One that breaks is made anew for the next messages.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, isIPv6, type Socket } from 'node:net';
import type { SyslogSocket } from '../engine/log-ports.ts';

const connectTimeoutMs = 10_000;

/** All messages leave together, or none does. */
export function openTcp(host: string, port: number): SyslogSocket {
  let socket: Socket | undefined;

  async function connected(): Promise<Socket> {
    if (socket?.writable) return socket;
    const next = connect({ host, port });
    next.on('error', () => next.destroy()).unref();
    await once(next, 'connect', { signal: AbortSignal.timeout(connectTimeoutMs) }).catch((error: unknown) => {
      next.destroy();
      throw error;
    });
    return (socket = next);
  }

  return {
    async send(messages) {
      try {
        const open = await connected();
        await new Promise<void>((resolve, reject) => {
          open.write(Buffer.concat(messages), (error) => (error ? reject(error) : resolve()));
        });
        return messages.length;
      } catch {
        return 0;
      }
    },
    close: () => void socket?.end(),
  };
}

export function openUdp(host: string, port: number): SyslogSocket {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  socket.on('error', () => undefined).unref();
  return {
    async send(messages) {
      let sent = 0;
      try {
        for (const message of messages) {
          await new Promise<void>((resolve, reject) => {
            socket.send(message, port, host, (error) => (error ? reject(error) : resolve()));
          });
          sent++;
        }
      } catch {
        // The rest goes with the next messages.
      }
      return sent;
    },
    close: () => socket.close(),
  };
}
