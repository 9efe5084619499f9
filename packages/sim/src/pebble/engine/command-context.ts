// As whom, where and with what environment a command runs (canonical/pebble internals/plan/plan.go, MergeServiceContext;
// internals/overlord/cmdstate/request.go; servstate/handlers.go, startInternal).

import { parseCommand, quote, type ServiceConfig, type UserConfig } from '@charmed/ops/internal';
import { type BaseEnvironment, type Users, withUser } from './environment.ts';
import { badRequest } from './errors.ts';
import type { CommandSpec } from './process.ts';

/** What a client may say about the command of an exec. */
export interface CommandContext extends UserConfig {
  readonly environment?: Readonly<Record<string, string>>;
  readonly 'working-dir'?: string;
}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** @throws PebbleError when the user or group is unknown. */
export function serviceSpec(name: string, config: ServiceConfig, base: BaseEnvironment, users: Users): CommandSpec {
  const owner = users.resolve(config);
  const own = config.environment ?? {};
  const environment = owner === undefined ? own : withUser(own, users.find(owner.uid));
  return {
    name,
    command: parseCommand(name, config.command ?? ''),
    environment: { ...base, ...environment },
    workingDir: config['working-dir'],
    owner,
  };
}

/** @throws PebbleError when the user or group is unknown. */
export function execSpec(
  command: readonly string[],
  context: CommandContext,
  base: BaseEnvironment,
  users: Users,
): CommandSpec {
  const owner = users.resolve(context);
  const { HOME, USER, ...others } = base;
  const inherited = owner !== undefined && owner.uid !== users.current.uid ? others : base;
  const asked = { PATH: defaultPath, LANG: 'C.UTF-8', ...inherited, ...context.environment };
  const environment = withUser(asked, users.find(owner?.uid ?? users.current.uid));
  return { command, environment, workingDir: context['working-dir'], owner };
}

/** As `execSpec`, but nothing is added to the environment. @throws PebbleError when the user or group is unknown. */
export function execCheckSpec(
  command: readonly string[],
  context: CommandContext,
  base: BaseEnvironment,
  users: Users,
): CommandSpec {
  const environment = { ...base, ...context.environment };
  return { command, environment, workingDir: context['working-dir'], owner: users.resolve(context) };
}

/** The context of a service, with what the client asks for over it. @throws PebbleError when there is no such service. */
export function withServiceContext(
  services: ReadonlyMap<string, ServiceConfig>,
  name: string,
  asked: CommandContext,
): CommandContext {
  if (name === '') return asked;
  const service = services.get(name);
  if (service === undefined) throw badRequest(`context service ${quote(name)} not found`);
  const { user, group, environment, 'user-id': uid, 'group-id': gid, 'working-dir': workingDir } = service;
  return {
    ...(user !== undefined && { user }),
    ...(group !== undefined && { group }),
    ...(uid !== undefined && { 'user-id': uid }),
    ...(gid !== undefined && { 'group-id': gid }),
    ...(workingDir !== undefined && { 'working-dir': workingDir }),
    ...asked,
    environment: { ...environment, ...asked.environment },
  };
}
