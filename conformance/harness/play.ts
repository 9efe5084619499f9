// Plays a script in our Harness, and returns what each call gave.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RelationDataAccessError, RelationDataTypeError, SecretNotFoundError, type CharmBase } from '@charmed/ops';
import { PebbleAPIError, PebbleChangeError, PebbleConnectionError, PebbleExecError } from '@charmed/ops/pebble';
import { ActionFailed, Harness } from '@charmed/testing';
import { charmOf, CrashError, type Seen } from './charm.ts';
import { META, type Call, type Outcome, type Script } from './script.ts';

type Args = readonly never[];
type Methods = Readonly<Record<string, ((...args: Args) => unknown) | undefined>>;

export async function playScript(script: Script): Promise<readonly Outcome[]> {
  const seen: Seen = [];
  const harness = new Harness(charmOf(script, seen), { meta: script.meta ?? META });
  const results: unknown[] = [];
  const play = async ([verb, ...given]: Call): Promise<Outcome> => {
    const args = given.map((arg) => argumentOf(arg, results)) as unknown as Args;
    const outcome = await outcomeOf(async () => {
      if (verb === 'withHooksDisabled') return harness.hooksDisabled(() => oneByOne(given as unknown as Call[], play));
      const own = observations(harness)[verb];
      const result = await (own ? own(...args) : method(harness, verb)(...args));
      results.push(result);
      return result;
    });
    if ('error' in outcome || verb === 'withHooksDisabled') results.push(undefined);
    return { ...outcome, seen: seen.splice(0) };
  };
  try {
    return await oneByOne(script.calls, play);
  } finally {
    harness.cleanup();
  }
}

async function oneByOne<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

async function outcomeOf(work: () => Promise<unknown>): Promise<Omit<Outcome, 'seen'>> {
  try {
    return { result: plain(await work()) };
  } catch (error) {
    return { error: errorName(error) };
  }
}

function method(harness: Harness<typeof CharmBase>, name: string): (...args: Args) => unknown {
  const found = (harness as unknown as Methods)[name];
  if (!found) throw new Error(`Harness has no ${name}`);
  return found.bind(harness);
}

function argumentOf(arg: unknown, results: readonly unknown[]): unknown {
  if (typeof arg === 'string' && /^\$\d+$/.test(arg)) return results[Number(arg.slice(1))];
  const keys = typeof arg === 'object' && arg !== null ? Object.keys(arg) : [];
  return keys.length === 1 && keys[0] === 'options' ? (arg as { options: unknown }).options : arg;
}

function plain(value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith('secret:')) return 'secret';
  return value instanceof Set ? [...(value as Set<string>)].toSorted() : (value ?? null);
}

function errorName(error: unknown): unknown {
  if (error instanceof ActionFailed) return ['action-failed', error.reason, error.output.logs, error.output.results];
  const names = [
    [CrashError, 'crash'],
    [RelationDataTypeError, 'data-type'],
    [RelationDataAccessError, 'data-access'],
    [SecretNotFoundError, 'secret-not-found'],
    [PebbleConnectionError, 'connection'],
    [PebbleExecError, 'exec'],
    [PebbleAPIError, 'api'],
    [PebbleChangeError, 'change'],
  ] as const;
  return names.find(([type]) => error instanceof type)?.[1] ?? 'refused';
}

/** What a script looks at, in the model that the harness gives out. */
function observations(harness: Harness<typeof CharmBase>): Methods {
  const { model } = harness;
  const container = (name: string) => model.unit.container(name);
  const relation = (endpoint: string, id: number) => model.relation(endpoint, id);
  return {
    config: async () => ({ ...(await model.config()) }),
    status: async () => statusOf(await model.unit.status()),
    appStatus: async () => statusOf(await model.app.status()),
    isLeader: () => model.unit.isLeader(),
    relations: async (endpoint) => (await model.relations(endpoint)).map(({ id }) => id),
    units: async (endpoint: string, id: number) => {
      const { app, units } = await relation(endpoint, id);
      return [app.name, units.map(({ name }) => name).toSorted()];
    },
    data: (id: number, name: string) => harness.getRelationData(id, name),
    ownData: async (endpoint: string, id: number) => (await relation(endpoint, id)).data(model.app).all(),
    planned: () => model.app.plannedUnits(),
    binding: async (endpoint: string, id?: number) => {
      const binding = await model.binding(id === undefined ? endpoint : await relation(endpoint, id));
      const { bindAddress, ingressAddress, egressSubnets, interfaces } = binding;
      return [bindAddress, ingressAddress, egressSubnets, interfaces.map(({ name, subnet }) => [name, subnet])];
    },
    storages: async (name) => (await model.storages(name)).map(({ id }) => id).toSorted(),
    secretContent: async (id: string, how?: string) => {
      const secret = await model.secret({ id });
      return how === 'peek' ? secret.peekContent() : secret.getContent({ refresh: how === 'refresh' });
    },
    label: async (id: string, label: string) => void (await model.secret({ id, label })),
    addOwnSecret: async (owner: 'unit' | 'app', content, label?: string) =>
      (await model[owner].addSecret(content, label === undefined ? {} : { label })).id,
    ownSecret: async (verb: string, id: string, ...args: never[]) => {
      const secret = await model.secret({ id });
      const [first = '', second = 0] = args as unknown as [string?, number?];
      if (verb === 'grant') await secret.grant(await relation(first, second));
      if (verb === 'revoke') await secret.revoke(await relation(first, second));
      if (verb === 'set_content') await secret.setContent(first as never);
      if (verb === 'remove_revision') await secret.removeRevision(Number(first));
      if (verb === 'remove_all_revisions') await secret.removeAllRevisions();
    },
    resource: async (name) => {
      const path = await model.fetchResource(name);
      return [basename(path), readFileSync(path, 'utf8')];
    },
    modelName: () => model.name,
    modelUuid: () => model.uuid,
    reboots: () => harness.rebootCount,
    version: () => harness.getWorkloadVersion(),
    canConnect: (name) => container(name).canConnect(),
    planOf: (name) => {
      const { services } = harness.getContainerPebblePlan(name);
      return Object.fromEntries(Object.entries(services).map(([key, { command }]) => [key, command]));
    },
    services: async (name) =>
      Object.fromEntries([...(await container(name).getServices())].map(([key, { current }]) => [key, current])),
    file: (name: string, path: string, content?: string) => {
      const file = join(harness.getFilesystemRoot(name), path);
      mkdirSync(dirname(file), { recursive: true });
      if (content !== undefined) writeFileSync(file, content);
      return readFileSync(file, 'utf8');
    },
    execResult: (name, prefix, result) => harness.handleExec(name, prefix, result),
    run: async (name, command) => {
      const { stdout, stderr } = await container(name).exec(command).waitOutput();
      return [stdout, stderr];
    },
    ports: async () => (await model.unit.openedPorts()).map(({ port, protocol }) => `${port}/${protocol}`).toSorted(),
    charmIsThere: () => harness.charm !== undefined,
  };
}

function statusOf({ name, message }: { readonly name: string; readonly message: string }): unknown {
  return [name, message];
}
