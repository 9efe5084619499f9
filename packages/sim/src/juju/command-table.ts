// All hook commands that are simulated.

import type { HookCommand } from './command.ts';
import { actionFail, actionGet, actionLog, actionSet } from './commands/action.ts';
import { applicationVersionSet } from './commands/application-version.ts';
import { configGet } from './commands/config.ts';
import { goalState } from './commands/goal-state.ts';
import { isLeader } from './commands/leadership.ts';
import { jujuLog } from './commands/log.ts';
import { networkGet, unitGet } from './commands/network.ts';
import { closePort, openedPorts, openPort } from './commands/port.ts';
import { relationGet, relationIds, relationList, relationSet } from './commands/relation.ts';
import { stateDelete, stateGet, stateSet } from './commands/state.ts';
import { statusGet, statusSet } from './commands/status.ts';

export const COMMANDS: ReadonlyMap<string, HookCommand> = new Map(
  [
    actionFail,
    actionGet,
    actionLog,
    actionSet,
    applicationVersionSet,
    closePort,
    configGet,
    goalState,
    isLeader,
    jujuLog,
    networkGet,
    openedPorts,
    openPort,
    relationGet,
    relationIds,
    relationList,
    relationSet,
    stateDelete,
    stateGet,
    stateSet,
    statusGet,
    statusSet,
    unitGet,
  ].map((command) => [command.name, command]),
);

export const hookCommandNames: readonly string[] = [...COMMANDS.keys()];
