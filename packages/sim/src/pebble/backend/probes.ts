// Health checks for real: HTTP requests, connections and commands (canonical/pebble internals/overlord/checkstate/checkers.go).

import type { IncomingMessage } from 'node:http';
import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { connect } from 'node:net';
import { isIPv6 } from 'node:net';
import { quote } from '@charmed/ops/internal';
import type { CommandSpec, Processes } from '../engine/process.ts';
import { type Probe, ProbeError, type Prober, shortened } from '../engine/probe.ts';
import { errnoOf, errnoText } from './errno.ts';

const maxDetailBytes = 512;
const maxRedirects = 10;
// How long what a command has left behind may hold its output open.
const outputGraceMs = 1000;

export function realProber(processes: Processes): Prober {
  return async (_check, probe, signal) => {
    if (probe.kind === 'http') await probeHttp(probe, signal);
    else if (probe.kind === 'tcp') await probeTcp(probe, signal);
    else await probeExec(processes, probe.spec, signal);
  };
}

async function probeHttp({ url, headers }: Extract<Probe, { kind: 'http' }>, signal: AbortSignal): Promise<void> {
  const response = await follow(url, headers, signal);
  const { statusCode = 0 } = response;
  if (statusCode >= 200 && statusCode <= 299) response.destroy();
  else throw new ProbeError(`non-2xx status code ${statusCode}`, shortened(await beginningOf(response), 'start'));
}

async function follow(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  let target = url;
  for (let redirects = 0; redirects < maxRedirects; redirects += 1) {
    const response = await request(target, headers, signal);
    const { location } = response.headers;
    if (location === undefined || ![301, 302, 303, 307, 308].includes(response.statusCode ?? 0)) return response;
    response.destroy();
    target = new URL(location, target).href;
  }
  throw new ProbeError(`Get ${quote(target)}: stopped after ${maxRedirects} redirects`);
}

async function request(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { protocol } = new URL(url);
  if (!['http:', 'https:'].includes(protocol)) {
    throw new ProbeError(`Get ${quote(url)}: unsupported protocol scheme ${quote(protocol.slice(0, -1))}`);
  }
  try {
    const get = url.startsWith('https:') ? getHttps : getHttp;
    get(url, { agent: false, headers, signal }, resolve).on('error', reject);
    return await promise;
  } catch (error) {
    throw new ProbeError(`Get ${quote(url)}: ${connectText(error)}`);
  }
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.length >= maxDetailBytes) break;
  }
  return text.slice(0, maxDetailBytes);
}

async function probeTcp({ host, port }: Extract<Probe, { kind: 'tcp' }>, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host, port, signal }, resolve).on('error', reject);
  try {
    await promise;
  } catch (error) {
    throw new ProbeError(connectText(error));
  } finally {
    socket.destroy();
  }
}

// In Go's words. Of several addresses that were tried, the first counts.
function connectText(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { address, port, hostname, syscall } = first as Partial<Record<string, string>>;
  if (syscall === 'getaddrinfo') return `dial tcp: lookup ${hostname}: ${lookupText(first)}`;
  if (syscall !== 'connect' || address === undefined) return errnoText(first);
  return `dial tcp ${isIPv6(address) ? `[${address}]` : address}:${port}: connect: ${errnoText(first)}`;
}

function lookupText(error: unknown): string {
  return errnoOf(error) === 'ENOTFOUND' ? 'no such host' : errnoText(error);
}

async function probeExec(processes: Processes, spec: CommandSpec, signal: AbortSignal): Promise<void> {
  const { workingDir } = spec;
  if (workingDir !== undefined && processes.refuseWorkingDir(workingDir, 'directory')?.endsWith('not exist')) {
    throw new ProbeError(`chdir ${workingDir}: no such file or directory`);
  }
  let output = '';
  const keep = (chunk: Uint8Array) => {
    output = (output + Buffer.from(chunk).toString()).slice(-maxDetailBytes);
  };
  const command = await processes.startService(spec, keep, outputGraceMs);
  const kill = () => void command.killSession();
  signal.addEventListener('abort', kill, { once: true });
  if (signal.aborted) kill();
  const code = await command.exited;
  signal.removeEventListener('abort', kill);
  if (code > 0) throw new ProbeError(`exit status ${code}`, shortened(output, 'end'));
}
