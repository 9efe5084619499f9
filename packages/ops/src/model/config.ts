// The charm's configuration.

import { configGet, type ConfigValue } from '../hookcmds/config.ts';
import type { MetaSource } from '../meta/source.ts';
import type { ConfigValues } from '../meta/types.ts';
import { noteRead } from '../operations/reads.ts';
import type { Backend } from './backend.ts';
import { ValidationError } from './errors.ts';
import { writeStatus } from './own-status.ts';
import type { SecretWithId } from './secret.ts';
import { validate, type StandardSchema } from './standard-schema.ts';
import { BlockedStatus } from './status.ts';

/** The charm's configuration. An option without a default may be `undefined`; a secret option gives its secret, not yet read. */
export type ConfigOf<M extends MetaSource> = ConfigValues<M, SecretWithId>;

/** Read once in a dispatch. */
export function readConfig(backend: Backend): Promise<Readonly<Record<string, ConfigValue | SecretWithId>>> {
  noteRead('config');
  return backend.cached('config', async () => {
    const config = await configGet(backend.runner);
    const isSecret = (name: string) => backend.meta.options.get(name)?.type === 'secret';
    if (!Object.keys(config).some(isSecret)) return config;
    const { Secret } = await import('./secret.ts');
    const values = Object.entries(config).map(([name, value]) =>
      isSecret(name) ? [name, Secret.withId(backend, { id: String(value) })] : [name, value],
    );
    return Object.fromEntries(values);
  });
}

/** What to do about configuration that does not fit: throw, or block the unit and end the dispatch. */
export type ConfigErrors = 'blocked' | 'throw';

export async function loadConfig<T>(backend: Backend, schema: StandardSchema<T>, errors: ConfigErrors): Promise<T> {
  try {
    return await validate(schema, await readConfig(backend), 'config');
  } catch (error) {
    if (errors === 'throw' || !(error instanceof ValidationError)) throw error;
    await writeStatus(backend, new BlockedStatus(`Invalid config: ${error.issues.join('; ')}`), { app: false });
    return backend.endDispatch();
  }
}
