// The hook commands of the noun "port": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask, tell } from './command.ts';
import { portFrom, portText, type Port } from './port-text.ts';
import { list, text } from './read.ts';
import type { HookRunner } from './runner.ts';

/** Opens a port, or a range, to clients outside the model: for all endpoints, or for those named in it. @throws ModelError `bad-port`. */
export function openPort(runner: HookRunner, port: Port): Operation<void> {
  return tell(runner, 'open-port', () => portArgs(port));
}

/** The reverse of {@link openPort}. */
export function closePort(runner: HookRunner, port: Port): Operation<void> {
  return tell(runner, 'close-port', () => portArgs(port));
}

/** @param options.endpoints whether to tell the endpoints of each port too. Default: false. */
export function openedPorts(
  runner: HookRunner,
  options: { readonly endpoints?: boolean } = {},
): Operation<readonly Port[]> {
  const read = options.endpoints ? portWithEndpoints : portFrom;
  return ask(runner, 'opened-ports', options.endpoints ? ['--endpoints'] : [], (value) =>
    list(value).map((port) => read(text(port))),
  );
}

function portArgs(port: Port): readonly string[] {
  const { endpoints = [] } = port;
  return [...(endpoints.length > 0 ? ['--endpoints', endpoints.join(',')] : []), portText(port)];
}

// Such as `80/tcp (db,website)`.
function portWithEndpoints(answer: string): Port {
  const match = /^(\S+) \((.*)\)$/.exec(answer);
  if (!match) throw new TypeError('expected a port with its endpoints');
  const [, port = '', endpoints = ''] = match;
  return { ...portFrom(port), endpoints: endpoints.split(/[\s,]+/).filter(Boolean) };
}
