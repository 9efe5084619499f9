// What the processes that Pebble runs find in their environment, and as whom they run.

import { type LayerConfig, LayerError, quote, type UserConfig } from '@charmed/ops/internal';
import { PebbleError } from './errors.ts';
import type { Owner } from './process.ts';

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** The port through which the engine looks up users and groups. */
export interface Users {
  /**
   * The ids for any mix of ids and names, `undefined` when nothing is given.
   * @throws PebbleError (400) with Pebble's text when they are unknown or contradict each other.
   */
  resolve(config: UserConfig): Owner | undefined;
  find(uid: number): User | undefined;
  /** Who the engine itself runs as. */
  readonly current: Owner;
}

/** The users and groups of checks must be there. @throws LayerError with Pebble's text. */
export function requireUsers(layer: LayerConfig, users: Users): void {
  for (const [name, { exec = {} }] of layer.checks) {
    try {
      users.resolve(exec);
    } catch (error) {
      if (!(error instanceof PebbleError)) throw error;
      const reason = `plan check ${quote(name)} has invalid user/group: ${error.message}`;
      throw new LayerError(reason, [{ path: ['checks', name, 'exec'], reason }]);
    }
  }
}

/** What the engine gives to every process: the counterpart of Pebble's own environment. */
export type BaseEnvironment = Readonly<Record<string, string>>;

/** Adds HOME and USER of the user, where they are not set. */
export function withUser(environment: BaseEnvironment, user: User | undefined): BaseEnvironment {
  if (user === undefined) return environment;
  return { ...environment, HOME: environment['HOME'] || user.home, USER: environment['USER'] || user.name };
}
