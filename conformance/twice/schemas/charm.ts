// Typed data: configuration, parameters of actions and relation data, with what does not fit.

import {
  ActiveStatus,
  CharmBase,
  main,
  type ActionEvent,
  type Framework,
  type RelationChangedEvent,
  type StandardSchema,
} from '@charmed/ops';
import type { META } from './meta.ts';

interface Login {
  readonly user: string;
  readonly roles: readonly string[];
  readonly limit: number;
}

const Settings = schema<{ port: number; 'log-level': string }>(({ port }) => port < 1024 && 'port is too low');
const Backup = schema<{ name: string }>(({ name }) => name.includes(' ') && 'name has a space');
const LoginData = schema<Login>(() => false);

class SchemasCharm extends CharmBase<typeof META> {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.action('backup'), this.#onBackup);
    this.observe(this.on.relation('db').changed, this.#onDbChanged);
  }

  async #onConfigChanged(): Promise<void> {
    const settings = await this.loadConfig(Settings, { errors: 'blocked' });
    await this.unit.setStatus(new ActiveStatus(`${settings.port} ${settings['log-level']}`));
  }

  async #onBackup(event: ActionEvent<typeof META, 'backup'>): Promise<void> {
    const { name } = await event.loadParams(Backup, { errors: 'fail' });
    await event.setResults({ file: `${name}.tar` });
  }

  async #onDbChanged({ app, relation }: RelationChangedEvent): Promise<void> {
    const login = await relation.load(LoginData, app);
    if (!login) return;
    const { user, roles, limit } = login;
    await relation.save({ user: user.toUpperCase(), roles: roles.slice(0, 1), limit: limit + 1 }, this.app);
  }
}

/** As zod and its like make them; it trusts that fields are there. */
function schema<T>(problem: (value: T) => string | false): StandardSchema<T> {
  const validate = (value: unknown) => {
    const message = problem(value as T);
    return message === false ? { value: value as T } : { issues: [{ message }] };
  };
  return { '~standard': { version: 1, vendor: 'test', validate } };
}

if (import.meta.main) await main(SchemasCharm);
