// `GET /v1/logs`: JSON lines, the oldest first (canonical/pebble docs/reference/api.md; internals/daemon/api_logs.go).

import { once } from 'node:events';
import { badRequest } from '../engine/errors.ts';
import type { LogBuffer, LogLine } from '../engine/log-buffer.ts';
import type { Services } from '../engine/services.ts';
import type { ApiResponse } from './answer.ts';
import { type ApiRequest, type Route, listParameter } from './router.ts';

const defaultCount = 30;

export function logRoutes(services: Services): Route[] {
  return [{ path: '/v1/logs', GET: (request) => send(services, request) }];
}

async function send(services: Services, { query, response, signal }: ApiRequest): Promise<undefined> {
  const follow = query.get('follow') || 'false';
  if (!['true', 'false'].includes(follow)) throw badRequest('follow parameter must be "true" or "false"');
  const count = parseCount(query.get('n') ?? '', follow === 'true');
  const asked = listParameter(query, 'services');
  const names = asked.length > 0 ? asked : services.list([]).map(({ name }) => name);

  const lines = latest(services.logs(names), count);
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  if (follow === 'true') await sendAndFollow(services.logs(names), lines, response, signal);
  else response.end(lines.map(encodeLine).join(''));
}

/** `n` lines, or all for -1. */
function parseCount(n: string, follow: boolean): number {
  if (n === '') return follow ? 0 : defaultCount;
  const count = /^[+-]?\d+$/.test(n) ? Number(n) : Number.NaN;
  if (Number.isNaN(count) || count < -1) throw badRequest('n must be -1, 0, or a positive integer');
  return count;
}

function latest(buffers: readonly LogBuffer[], count: number): LogLine[] {
  if (count === 0) return [];
  const lines = buffers.flatMap((buffer) => buffer.lines()).toSorted((a, b) => a.time.getTime() - b.time.getTime());
  return count < 0 ? lines : lines.slice(-count);
}

// A client that does not keep up loses lines, as it does when the buffer runs over.
async function sendAndFollow(
  buffers: readonly LogBuffer[],
  lines: readonly LogLine[],
  response: ApiResponse,
  signal: AbortSignal,
): Promise<void> {
  response.flushHeaders();
  response.write(lines.map(encodeLine).join(''));
  const stops = buffers.map((buffer) =>
    buffer.follow((line) => {
      if (!response.writableNeedDrain) response.write(encodeLine(line));
    }),
  );
  if (!signal.aborted) await once(signal, 'abort');
  for (const stop of stops) stop();
}

function encodeLine({ time, service, message }: LogLine): string {
  return `${JSON.stringify({ time, service, message })}\n`;
}
