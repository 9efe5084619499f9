// Finds the handler of a request by its path and method.

import { reasonOf } from '@charmed/ops/internal';
import { PebbleError, badRequest, notFound } from '../engine/errors.ts';
import { parseDuration } from '@charmed/ops/internal';
import type { Identities, User } from '../engine/identities.ts';
import { type Audience, requireAccess, userOf } from './access.ts';
import { type Answer, type ApiIncoming, type ApiResponse, errorAnswer, sendAnswer } from './answer.ts';

export interface ApiRequest {
  readonly incoming: ApiIncoming;
  readonly response: ApiResponse;
  readonly user: User;
  readonly query: URLSearchParams;
  /** What stands for the `{name}`s of the route's path. */
  readonly params: Readonly<Record<string, string>>;
  /** Aborted when the client goes away before it has its answer. */
  readonly signal: AbortSignal;
}

/** Answers, or writes the response itself and returns nothing. */
export type Handler = (request: ApiRequest) => Answer | undefined | Promise<Answer | undefined>;

export interface Route {
  /** Such as `/v1/changes/{id}`. */
  readonly path: string;
  readonly GET?: Handler;
  readonly POST?: Handler;
  /** Who may GET. Default: `user`. */
  readonly readers?: Audience;
  /** Who may POST. Default: `admin`. */
  readonly writers?: Audience;
}

/** Never rejects: what goes wrong is the answer. `beforeAnswer` is for what is to be kept before anybody is told of it. */
export async function dispatch(
  routes: readonly Route[],
  incoming: ApiIncoming,
  response: ApiResponse,
  identities: Identities,
  beforeAnswer: () => void = () => undefined,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const { path, query } = splitUrl(incoming);
    const { route, params } = findRoute(routes, path);
    const { method } = incoming;
    const handler = method === 'GET' || method === 'POST' ? route[method] : undefined;
    if (handler === undefined) throw new PebbleError(405, `method "${method}" not allowed`);
    const user = userOf(incoming, identities);
    requireAccess(user, method === 'GET' ? (route.readers ?? 'user') : (route.writers ?? 'admin'));
    const answer = await handler({ incoming, response, user, query, params, signal: gone.signal });
    beforeAnswer();
    if (answer !== undefined) sendAnswer(response, answer);
  } catch (error) {
    // After the headers all that can be said is that the answer is not complete.
    if (response.headersSent) response.destroy();
    else sendAnswer(response, errorAnswer(error));
  }
}

export function splitUrl({ url = '/' }: Pick<ApiIncoming, 'url'>): {
  readonly path: string;
  readonly query: URLSearchParams;
} {
  const [path = '/', ...query] = url.split('?');
  return { path, query: new URLSearchParams(query.join('?')) };
}

/** @throws PebbleError */
export function findRoute<R extends Pick<Route, 'path'>>(
  routes: readonly R[],
  path: string,
): { readonly route: R; readonly params: Readonly<Record<string, string>> } {
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (params !== undefined) return { route, params };
  }
  throw notFound('invalid API endpoint requested');
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const parts = path.split('/');
  const expected = pattern.split('/');
  if (parts.length !== expected.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const name = /^\{(.+)\}$/.exec(expected[index] ?? '')?.[1];
    if (name === undefined ? part !== expected[index] : part === '') return undefined;
    if (name !== undefined) params[name] = decode(part);
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    throw badRequest(reasonOf(error));
  }
}

/** The values of a parameter that may be repeated, each a list with commas. */
export function listParameter(query: URLSearchParams, name: string): string[] {
  const values = query.getAll(name).flatMap((value) => value.split(','));
  return values.map((value) => value.trim()).filter((value) => value !== '');
}

/** Milliseconds; 0 when nothing is said. @throws PebbleError */
export function durationOf(text: string, name: string): number {
  if (text === '') return 0;
  const ms = parseDuration(text);
  if (ms === undefined) throw badRequest(`invalid ${name}: time: invalid duration "${text}"`);
  return ms;
}
