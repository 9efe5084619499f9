// The hook commands of the noun "secret": arguments to argv, stdout to a value. Content goes through files: never through argv.

import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import { ask, askForText, tell } from './command.ts';
import { count, date, list, optional, record, stringList, stringRecord, text } from './read.ts';
import type { HookRunner } from './runner.ts';
import { requireContent } from './secret-content.ts';

/** How often Juju asks the owner for new content. */
export type SecretRotate = 'never' | 'hourly' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly';

/** Keys have three or more of a-z, 0-9 and `-`, and begin with a letter. */
export type SecretContent = Readonly<Record<string, string>>;

export interface SecretSettings {
  /** What this charm calls it. */
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  /** When it expires: a time, or a duration such as `24h`. */
  readonly expire?: Date | string | undefined;
  readonly rotate?: SecretRotate | undefined;
  /** Default: the application, whose secrets only the leader may change. */
  readonly owner?: 'application' | 'unit' | undefined;
}

/** At least one of them. With both, the secret of that id gets the label. */
export interface SecretName {
  /** With or without `secret:` before it. */
  readonly id?: string | undefined;
  readonly label?: string | undefined;
}

/** What its owner can know of a secret beside its content. */
export interface SecretInfoAnswer {
  /** Bare, without `secret:` before it. */
  readonly id: string;
  readonly label: string | undefined;
  readonly description: string | undefined;
  readonly owner: string | undefined;
  /** The latest. */
  readonly revision: number;
  readonly expires: Date | undefined;
  readonly rotation: SecretRotate | undefined;
  /** When Juju asks for new content next. */
  readonly rotates: Date | undefined;
  readonly access: readonly SecretAccess[];
}

/** Who may read a secret. */
export interface SecretAccess {
  /** Such as `application-web` or `unit-web-0`. */
  readonly target: string;
  readonly scope: string;
  readonly role: string;
}

/** Creates a secret and returns its id, with `secret:` before it. @throws ModelError `bad-secret-content` before anything runs. */
export function secretAdd(
  runner: HookRunner,
  content: SecretContent,
  settings: SecretSettings = {},
): Operation<string> {
  return operation('secret-add', async () => {
    requireContent(content);
    return askForText(runner, 'secret-add', settingsArgs(settings), { files: content });
  });
}

/** Gives it new content, which is a new revision, or other settings. @throws ModelError `bad-secret-content` before anything runs. */
export function secretSet(
  runner: HookRunner,
  id: string,
  change: SecretSettings & { readonly content?: SecretContent | undefined },
): Operation<void> {
  const { content, ...settings } = change;
  return operation('secret-set', async () => {
    if (content) requireContent(content);
    await tell(runner, 'secret-set', [...settingsArgs(settings), id], { files: content });
  });
}

/**
 * The content, of the revision that this unit tracks.
 *
 * @param options.refresh tracks the latest revision from now on, and returns its content.
 * @param options.peek returns the content of the latest revision this once.
 * @throws SecretNotFoundError.
 */
export function secretGet(
  runner: HookRunner,
  secret: SecretName,
  options: { readonly refresh?: boolean; readonly peek?: boolean } = {},
): Operation<SecretContent> {
  const args = [...nameArgs(secret), ...(options.refresh ? ['--refresh'] : []), ...(options.peek ? ['--peek'] : [])];
  return ask(runner, 'secret-get', args, stringRecord);
}

/** Only for its owner. @throws SecretNotFoundError. */
export function secretInfoGet(runner: HookRunner, secret: SecretName): Operation<SecretInfoAnswer> {
  return ask(runner, 'secret-info-get', nameArgs(secret), (value) => {
    const [entry] = Object.entries(record(value));
    if (!entry) throw new TypeError('expected a secret');
    return infoFrom(...entry);
  });
}

/** The ids, bare, of the secrets that this unit or, on the leader, its application owns. */
export function secretIds(runner: HookRunner): Operation<readonly string[]> {
  return ask(runner, 'secret-ids', [], stringList);
}

/** Lets the other side of a relation, or one unit of it, read the secret as long as the relation stands. */
export function secretGrant(
  runner: HookRunner,
  id: string,
  grant: { readonly relation: number; readonly unit?: string | undefined },
): Operation<void> {
  return tell(runner, 'secret-grant', ['--relation', String(grant.relation), ...flagArgs('--unit', grant.unit), id]);
}

/** Takes a grant back: of a relation, or of an application; as a whole, or of one unit. */
export function secretRevoke(
  runner: HookRunner,
  id: string,
  grant: {
    readonly relation?: number | undefined;
    readonly app?: string | undefined;
    readonly unit?: string | undefined;
  },
): Operation<void> {
  const args = [
    ...flagArgs('--relation', grant.relation?.toString()),
    ...flagArgs('--app', grant.app),
    ...flagArgs('--unit', grant.unit),
  ];
  return tell(runner, 'secret-revoke', [...args, id]);
}

/** Removes one revision, or all. */
export function secretRemove(
  runner: HookRunner,
  id: string,
  options: { readonly revision?: number | undefined } = {},
): Operation<void> {
  return tell(runner, 'secret-remove', [id, ...flagArgs('--revision', options.revision?.toString())]);
}

function settingsArgs({ label, description, expire, rotate, owner }: SecretSettings): readonly string[] {
  return [
    ...flagArgs('--label', label),
    ...flagArgs('--description', description),
    ...flagArgs('--expire', expire instanceof Date ? expire.toISOString() : expire),
    ...flagArgs('--rotate', rotate),
    ...flagArgs('--owner', owner),
  ];
}

function nameArgs({ id, label }: SecretName): readonly string[] {
  return [...(id === undefined ? [] : [id]), ...flagArgs('--label', label)];
}

function flagArgs(flag: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [flag, value];
}

function infoFrom(id: string, value: unknown): SecretInfoAnswer {
  const info = record(value);
  return {
    id,
    label: optional(info.label, text) || undefined,
    description: optional(info.description, text) || undefined,
    owner: optional(info.owner, text) || undefined,
    revision: count(info.revision),
    expires: optional(info.expiry, date),
    rotation: optional(info.rotation, text) as SecretRotate | undefined,
    rotates: optional(info.rotates, date),
    access: list(info.access ?? []).map(accessFrom),
  };
}

function accessFrom(value: unknown): SecretAccess {
  const { target, scope, role } = record(value);
  return { target: text(target), scope: text(scope ?? ''), role: text(role ?? '') };
}
