// Plays the steps of a case against one Pebble and writes down what came of each, without what may differ: times and directories.

import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PebbleSocket } from '@charmed/ops/pebble';
import type { ExecStep, RequestStep, Step, UntilStep } from './case.ts';
import type { World } from './worlds.ts';

const pollMs = 20;
const patience = { timeoutMs: 20_000 };

export async function play(world: World, steps: readonly Step[]): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const step of steps) results.push(withoutTimes(await playOne(world, inDirectory(step, world)), world));
  return results;
}

function playOne(world: World, step: Step): Promise<unknown> {
  if ('exec' in step) return exec(world, step);
  if ('until' in step) return until(world, step);
  return 'tree' in step ? Promise.resolve(treeOf(step.tree)) : requestAndWait(world, step);
}

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: unknown;
}

async function request(world: World, step: RequestStep): Promise<Answer> {
  const { method, path, headers } = step;
  const body = step.raw ?? (step.body === undefined ? undefined : JSON.stringify(step.body));
  const response = await world.transport.request({
    method: method as 'GET',
    path,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...patience,
    ...(body !== undefined && { body }),
  });
  const text = Buffer.concat(await Array.fromAsync(response.body)).toString();
  const type = response.headers['content-type']?.replace(/boundary=.*/, 'boundary=');
  return { status: response.status, type, body: bodyOf(path, text) };
}

function bodyOf(path: string, text: string): unknown {
  return /^\/v1\/changes(?:\?|$)/.test(path) ? parseChanges(text) : parse(text);
}

// The real Pebble lists them in any order.
function parseChanges(text: string): unknown {
  const { result, ...rest } = JSON.parse(text) as { result: unknown };
  const isList = Array.isArray(result);
  const changes = isList ? (result as { id: string }[]).toSorted((a, b) => Number(a.id) - Number(b.id)) : result;
  return { ...rest, result: changes };
}

// The parts of a file's answer are between boundaries that differ.
function parse(text: string): unknown {
  if (text.startsWith('--')) return text.replaceAll(/--[0-9a-zA-Z]{32,}/g, '--boundary');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function requestAndWait(world: World, step: RequestStep): Promise<unknown> {
  const answer = await request(world, step);
  if (step.statusOnly) return answer.status;
  const { change } = (answer.body ?? {}) as { change?: string };
  return step.wait && change !== undefined ? { answer, change: await changeOf(world, change) } : answer;
}

function changeOf(world: World, id: string): Promise<Answer> {
  return request(world, { method: 'GET', path: `/v1/changes/${id}/wait?timeout=15s` });
}

async function until(world: World, { until: text, path }: UntilStep): Promise<boolean> {
  const deadline = performance.now() + patience.timeoutMs;
  for (;;) {
    const answer = await request(world, { method: 'GET', path });
    if (JSON.stringify(answer.body).includes(text)) return true;
    if (performance.now() > deadline) return false;
    await delay(pollMs);
  }
}

async function exec(world: World, { exec: payload, stdin, control }: ExecStep): Promise<unknown> {
  const answer = await request(world, { method: 'POST', path: '/v1/exec', body: payload });
  const { change, result } = answer.body as { change?: string; result: Record<string, string> };
  if (change === undefined) return answer;
  const open = async (name: string) => world.transport.websocket(`/v1/tasks/${result['task-id']}/websocket/${name}`);
  const controlSocket = await open('control');
  const stdio = await open('stdio');
  const stderr = 'split-stderr' in payload && payload['split-stderr'] ? await open('stderr') : undefined;
  const reading = Promise.all([outputOf(stdio, () => tell(controlSocket, control)), stderr && outputOf(stderr)]);
  if (stdin !== undefined) await stdio.send(Buffer.from(stdin));
  if (stdin !== undefined || control === undefined) await stdio.send('{"command":"end"}');
  const ended = await changeOf(world, change);
  const [stdout, errors] = await reading;
  for (const socket of [controlSocket, stdio, stderr]) socket?.close();
  const { environment, ...rest } = result as unknown as { environment: Record<string, string> };
  return { status: answer.status, environment, rest, stdout, errors, change: ended };
}

async function tell(socket: PebbleSocket, frames: readonly string[] | undefined): Promise<void> {
  for (const frame of frames ?? []) await socket.send(frame);
}

async function outputOf(socket: PebbleSocket, onFirst?: () => Promise<void>): Promise<string> {
  let output = '';
  for await (const message of socket.messages()) {
    if (output === '') await onFirst?.();
    if (typeof message === 'string') return `${output}${message}`;
    output += Buffer.from(message).toString();
  }
  return `${output}<closed>`;
}

function treeOf(directory: string): Record<string, unknown> {
  return Object.fromEntries(
    readdirSync(directory, { recursive: true })
      .map(String)
      .toSorted()
      .map((path) => [path, describe(join(directory, path))]),
  );
}

function describe(path: string): unknown {
  const stats = lstatSync(path);
  const owner = { mode: (stats.mode & 0o7777).toString(8), uid: stats.uid, gid: stats.gid };
  if (stats.isSymbolicLink()) return { link: readlinkSync(path) };
  return stats.isFile() ? { ...owner, content: readFileSync(path, 'utf8') } : owner;
}

function inDirectory(step: Step, { directory }: World): Step {
  return JSON.parse(JSON.stringify(step).replaceAll('$DIR', join(directory, 'files'))) as Step;
}

// On a busy machine it ends a second after its start, and is then started again: how often, nobody can say.
const startsOfBrief = /(start_count\{service=\\*"brief\\*"\} )\d+/g;
const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g;

function withoutTimes(value: unknown, { directory }: World): unknown {
  const text = JSON.stringify(value)
    .replaceAll(join(directory, 'files'), '$DIR')
    .replaceAll(directory, '$PEBBLE')
    .replaceAll(time, '<time>')
    .replaceAll(/\.[\w-]{8,}~/g, '.temporary')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<boot>')
    .replaceAll(startsOfBrief, '$1<count>')
    .replaceAll(/\\?"Content-Length\\?":\d+/g, '');
  return JSON.parse(text) as unknown;
}
