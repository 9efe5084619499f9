// A charm may still have a file for a hook or an action of its own, `hooks/install`: it runs before the charm, as in ops.

import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import type { JujuContext } from '../juju/context.ts';
import type { Logger } from '../log.ts';

type Flushable = Logger & { flush(): Promise<void> };

/** Runs the file, if there is one. @returns the exit code with which the dispatch is to end, or `undefined` if it goes on. */
export async function runLegacyHook(context: JujuContext, log: Flushable): Promise<number | undefined> {
  const { charmDir, dispatchPath } = context;
  const file = `${charmDir}/${dispatchPath}`;
  if (!dispatchPath || !existsSync(file)) return undefined;
  log.log('WARNING', 'Legacy hooks are deprecated: observe the event in the charm.');
  if (!isExecutable(file)) {
    log.log('WARNING', `Legacy ${dispatchPath} exists but is not executable.`);
    return undefined;
  }
  if (isOurselves(realpathSync(file), charmDir)) {
    log.log('DEBUG', `Legacy ${dispatchPath} is just a link to ourselves.`);
    return undefined;
  }
  log.log('INFO', `Running legacy ${dispatchPath}.`);
  await log.flush(); // it logs too
  return tell(await run(file), dispatchPath, log);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isOurselves(target: string, charmDir: string): boolean {
  const ourselves = [`${charmDir}/dispatch`, process.argv[1] ?? ''];
  return ourselves.some((path) => existsSync(path) && realpathSync(path) === target);
}

async function run(file: string): Promise<number | Error> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const child = spawn(file, process.argv.slice(2), { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('error', resolve);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function tell(end: number | Error, dispatchPath: string, log: Logger): number | undefined {
  if (end === 0) {
    log.log('DEBUG', `Legacy ${dispatchPath} exited with status 0.`);
    return undefined;
  }
  if (end instanceof Error) log.log('WARNING', `Unable to run legacy ${dispatchPath}: ${end.message}`);
  else log.log('WARNING', `Legacy ${dispatchPath} exited with status ${end}.`);
  return end instanceof Error ? 1 : end;
}
