// Sends lines to log targets by HTTP.

import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LogSender } from '../engine/log-target.ts';

const timeoutMs = 10_000;

export const httpLogSender: LogSender = async (url, headers, body) => {
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
};
