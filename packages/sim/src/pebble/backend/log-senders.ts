// Sends lines to log targets, by HTTP and to syslog.

import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { hostname } from 'node:os';
import type { LogSenders } from '../engine/log-ports.ts';
import { openTcp, openUdp } from './syslog-sockets.ts';

const timeoutMs = 10_000;

export const realLogSenders: LogSenders = {
  hostname: hostname(),
  post,
  openSyslog: (kind, host, port) => (kind === 'tcp' ? openTcp(host, port) : openUdp(host, port)),
};

function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  const options = { method: 'POST', agent: false, headers, signal: AbortSignal.timeout(timeoutMs) };
  request(url, options, (response) => {
    response.on('error', reject).resume();
    resolve(response.statusCode ?? 0);
  })
    .on('error', reject)
    .end(body);
  return promise;
}
