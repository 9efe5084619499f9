// How everything that crosses the process boundary is started: as an operation of the handler that asked for it.

import { OpsError } from '../errors.ts';
import { showCallSite } from './call-site.ts';
import { Operation } from './operation.ts';
import { currentScope } from './scope.ts';

/** Starts `work` as an operation of the current handler. `name` is for messages: `unit.setStatus`. */
export function operation<T>(name: string, work: () => Promise<T>): Operation<T> {
  const scope = currentScope();
  if (scope?.closed) {
    return reject(
      new OpsError(
        'operation-after-handler',
        `cannot run ${name}: the handler ${scope.name} that started it has already ended. Await all work inside the handler.`,
      ),
    );
  }
  const started = new Operation<T>((resolve, rejectWith) => {
    (scope ? scope.work(work) : work()).then(resolve, (error: unknown) => {
      if (site) showCallSite(error, site);
      rejectWith(error);
    });
  });
  const site = scope?.add(name, started, operation);
  return started;
}

function reject<T>(error: OpsError): Operation<T> {
  return new Operation<T>((_resolve, rejectWith) => rejectWith(error));
}
