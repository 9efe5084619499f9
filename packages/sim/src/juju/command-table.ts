// All hook commands that are simulated.

import type { HookCommand } from './command.ts';
import { actionFail, actionGet, actionLog, actionSet } from './commands/action.ts';
import { applicationVersionSet } from './commands/application-version.ts';
import { configGet } from './commands/config.ts';
import { credentialGet } from './commands/credential.ts';
import { goalState } from './commands/goal-state.ts';
import { k8sRawGet, k8sRawSet, k8sSpecGet, k8sSpecSet, podSpecGet, podSpecSet } from './commands/k8s-spec.ts';
import { isLeader, leaderGet, leaderSet } from './commands/leadership.ts';
import { jujuLog } from './commands/log.ts';
import { addMetric } from './commands/metric.ts';
import { networkGet, unitGet } from './commands/network.ts';
import { payloadRegister, payloadStatusSet, payloadUnregister } from './commands/payload.ts';
import { closePort, openedPorts, openPort } from './commands/port.ts';
import { jujuReboot } from './commands/reboot.ts';
import { relationGet, relationIds, relationList, relationModelGet, relationSet } from './commands/relation.ts';
import { resourceGet } from './commands/resource.ts';
import { secretGet, secretIds, secretInfoGet } from './commands/secret.ts';
import { secretAdd, secretRemove, secretSet } from './commands/secret-change.ts';
import { secretGrant, secretRevoke } from './commands/secret-grant.ts';
import { stateDelete, stateGet, stateSet } from './commands/state.ts';
import { statusGet, statusSet } from './commands/status.ts';
import { storageAdd, storageGet, storageList } from './commands/storage.ts';

export const COMMANDS: ReadonlyMap<string, HookCommand> = new Map(
  [
    actionFail,
    actionGet,
    actionLog,
    actionSet,
    addMetric,
    applicationVersionSet,
    closePort,
    configGet,
    credentialGet,
    goalState,
    isLeader,
    jujuLog,
    jujuReboot,
    k8sRawGet,
    k8sRawSet,
    k8sSpecGet,
    k8sSpecSet,
    leaderGet,
    leaderSet,
    networkGet,
    openedPorts,
    openPort,
    payloadRegister,
    payloadStatusSet,
    payloadUnregister,
    podSpecGet,
    podSpecSet,
    relationGet,
    relationIds,
    relationList,
    relationModelGet,
    relationSet,
    resourceGet,
    secretAdd,
    secretGet,
    secretGrant,
    secretIds,
    secretInfoGet,
    secretRemove,
    secretRevoke,
    secretSet,
    stateDelete,
    stateGet,
    stateSet,
    statusGet,
    statusSet,
    storageAdd,
    storageGet,
    storageList,
    unitGet,
  ].map((command) => [command.name, command]),
);

export const hookCommandNames: readonly string[] = [...COMMANDS.keys()];
