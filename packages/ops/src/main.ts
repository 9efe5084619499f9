// The entry of a charm: picks the real world for a dispatch, runs it, and sets the exit code.

import type { CharmClass, CharmFramework } from './charm/charm-base.ts';
import { eventKind, isRestricted } from './events/table.ts';
import type { Store } from './framework/store.ts';
import { inCallOrder } from './hookcmds/in-call-order.ts';
import { JujuLog } from './hookcmds/juju-log.ts';
import { chooseRunner } from './io/choose-runner.ts';
import { captureConsole } from './io/console.ts';
import { CrashReport } from './io/crash-report.ts';
import { DebugLog } from './io/debug-log.ts';
import { withFiles } from './io/files-for-commands.ts';
import { localFiles } from './io/local-files.ts';
import type { HookRunnerOptions } from './io/hook-runner.ts';
import { runLegacyHook } from './io/legacy-hook.ts';
import { readMeta } from './io/meta-files.ts';
import { ProcessGuard } from './io/process-guard.ts';
import { installSourceMaps } from './io/source-maps.ts';
import { takingOver } from './io/python-takeover.ts';
import { SqliteStore } from './io/sqlite-store.ts';
import { logToStderr } from './io/stderr.ts';
import { unixHttpTransport } from './io/unix-http/unix-http.ts';
import { captureWarnings } from './io/warnings.ts';
import { jujuContextFrom, type JujuContext } from './juju/context.ts';
import { SecurityLog } from './juju/security-log.ts';
import type { Clock } from './model/backend.ts';
import { run, type Ports } from './run.ts';
import { VERSION } from './version.ts';

export interface MainOptions extends HookRunnerOptions {
  /**
   * Where deferred events and stored state are kept. `local`, the default: in a file beside the charm, which on Kubernetes is lost with the
   * pod. `juju`: in the state that Juju keeps for the unit, up to 2 MiB.
   */
  readonly store?: 'local' | 'juju';
}

/**
 * Runs the charm for the event that Juju dispatches, and ends the process. Call it last:
 *
 * ```ts
 * if (import.meta.main) await main(WebCharm);
 * ```
 */
export async function main(charm: CharmClass, options: MainOptions = {}): Promise<void> {
  const { env } = process;
  if (env.CHARMED_SELF_CHECK) {
    process.stdout.write(`charmed-self-check: ${charm.name}\n`);
    process.exitCode = 0;
    return;
  }
  const context = jujuContextFrom(env);
  if (!context.dispatchPath) return refuse();
  installSourceMaps(context.charmDir);
  const runner = inCallOrder(withFiles(await chooseRunner(context, env, options.hookCommandTimeoutMs)));
  const log = context.debug ? new DebugLog(runner) : new JujuLog(runner, logToStderr);
  let framework: CharmFramework | undefined;
  const uid = process.getuid?.() ?? 0;
  const crash = new CrashReport(log, new SecurityLog({ logger: log, context, uid }), context);
  const guard = new ProcessGuard({ log, crash, running: () => framework?.running });
  captureConsole(console, log);
  captureWarnings(process, log);
  log.log('DEBUG', `@charmed/ops ${VERSION} up and running.`);
  const ended = (await endedBefore(context, env, log)) ?? endedWithoutStore(context, options, log);
  if (ended !== undefined) return guard.exit(ended, () => runner.close());
  const code = await run(charm, {
    context,
    uid,
    runner,
    log,
    store: await chooseStore(options, { context, runner, log }),
    clock,
    pebble: (container) => unixHttpTransport(`${containersDir(env)}/${container}/pebble.socket`),
    files: localFiles,
    readMeta: () => readMeta(context.charmDir),
    onCharm: (created) => {
      framework = created;
    },
  }).then(
    () => 0,
    (error: unknown) => {
      crash.write(error);
      return 1;
    },
  );
  await guard.exit(code, () => runner.close());
}

/** The exit code, if the charm is not to run at all. */
async function endedBefore(context: JujuContext, env: NodeJS.ProcessEnv, log: JujuLog): Promise<number | undefined> {
  if (env.OPERATOR_DISPATCH !== undefined) {
    log.log('DEBUG', `Charm called itself via ${context.dispatchPath}.`);
    return 0;
  }
  env.OPERATOR_DISPATCH = '1'; // for what the charm and its legacy hooks start
  return runLegacyHook(context, log);
}

/** In a few hooks Juju allows hardly anything, not its state either. To fail would only have it run the hook again. */
function endedWithoutStore(context: JujuContext, { store }: MainOptions, log: JujuLog): number | undefined {
  if (store !== 'juju' || !isRestricted(context)) return undefined;
  log.log(
    'DEBUG',
    `The charm is not run for ${eventKind(context.dispatchPath)}: Juju gives no access to its state then.`,
  );
  return 0;
}

function refuse(): void {
  const advice = 'In a unit, name one: juju exec --unit UNIT -- JUJU_DISPATCH_PATH=hooks/update-status ./dispatch';
  process.stderr.write(`cannot run the charm: JUJU_DISPATCH_PATH names no event. ${advice}\n`);
  process.exitCode = 1;
}

async function chooseStore({ store = 'local' }: MainOptions, ports: StorePorts): Promise<Store> {
  return takingOver(await ownStore(store, ports), { ...ports, first: store });
}

type StorePorts = Pick<Ports, 'context' | 'runner' | 'log'>;

async function ownStore(kind: 'local' | 'juju', { context, runner, log }: StorePorts): Promise<Store> {
  if (kind === 'local') return new SqliteStore(`${context.charmDir}/.charmed-state.db`, log);
  const { JujuStore } = await import('./io/juju-store.ts');
  return new JujuStore(runner, log);
}

// `performance` would load another module of Node.
const clock: Clock = { now: () => Number(process.hrtime.bigint()) / 1e6 };

/** Where Juju mounts the sockets of a pod's containers; the sandbox, which has no pods, says where it puts them. */
function containersDir(env: NodeJS.ProcessEnv): string {
  return env.CHARMED_CONTAINERS_DIR ?? '/charm/containers';
}
