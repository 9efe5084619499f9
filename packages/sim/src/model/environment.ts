// The environment of a dispatch: exactly what Juju 3.6 sets on Ubuntu, and nothing inherited. There is no HOME.
// Follows juju/juju internal/worker/uniter/runner/context/context.go (HookVars), env.go and runner.go.

import { dispatchPath, hookName, isRelationEvent, isSecretEvent, isStorageEvent, type UnitEvent } from './event.ts';
import type { ModelState } from './state.ts';
import { unitOf } from './update.ts';

/** What only the unit's agent knows. */
export interface AgentPaths {
  /** Absolute path of the unpacked charm. */
  readonly charmDir: string;
  /** The directory with the hook commands; it comes first in PATH. */
  readonly toolsDir: string;
  /** The socket that answers hook commands; a leading `@` makes it abstract. */
  readonly socket: string;
  /** Names this run to the agent. */
  readonly contextId: string;
}

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** What comes behind it: on Ubuntu's machines, and in the charm's container (juju/juju cmd/containeragent/initialize/command.go). */
const LAST_IN_PATH = { machine: '/snap/bin', kubernetes: '/charm/bin' };
const NO_PROXY = '127.0.0.1,localhost,::1';

export function hookEnvironment(
  state: ModelState,
  unitName: string,
  event: UnitEvent,
  paths: AgentPaths,
): Record<string, string> {
  const unit = unitOf(state, unitName);
  return {
    no_proxy: NO_PROXY,
    NO_PROXY,
    CHARM_DIR: paths.charmDir,
    JUJU_CHARM_DIR: paths.charmDir,
    JUJU_CONTEXT_ID: paths.contextId,
    JUJU_HOOK_NAME: event.kind === 'action' ? '' : hookName(event),
    JUJU_AGENT_SOCKET_ADDRESS: paths.socket,
    JUJU_AGENT_SOCKET_NETWORK: 'unix',
    JUJU_UNIT_NAME: unit.name,
    JUJU_MODEL_UUID: state.model.uuid,
    JUJU_MODEL_NAME: state.model.name,
    JUJU_API_ADDRESSES: '127.0.0.1:17070',
    JUJU_SLA: 'unsupported',
    JUJU_MACHINE_ID: unit.machine ?? '',
    JUJU_PRINCIPAL_UNIT: unit.principal ?? '',
    JUJU_AVAILABILITY_ZONE: '',
    JUJU_VERSION: state.model.version,
    CLOUD_API_VERSION: '',
    JUJU_CHARM_HTTP_PROXY: '',
    JUJU_CHARM_HTTPS_PROXY: '',
    JUJU_CHARM_FTP_PROXY: '',
    JUJU_CHARM_NO_PROXY: NO_PROXY,
    JUJU_METER_STATUS: 'AMBER',
    JUJU_METER_INFO: 'not set',
    ...eventVariables(state, event),
    APT_LISTCHANGES_FRONTEND: 'none',
    DEBIAN_FRONTEND: 'noninteractive',
    LANG: 'C.UTF-8',
    TERM: 'tmux-256color',
    PATH: `${paths.toolsDir}:${SYSTEM_PATH}:${LAST_IN_PATH[unit.machine === null ? 'kubernetes' : 'machine']}`,
    JUJU_DISPATCH_PATH: dispatchPath(event),
  };
}

function eventVariables(state: ModelState, event: UnitEvent): Record<string, string> {
  if (event.kind === 'action') {
    return { JUJU_ACTION_NAME: event.action, JUJU_ACTION_UUID: event.task, JUJU_ACTION_TAG: `action-${event.task}` };
  }
  if (event.kind === 'pebble-ready') return { JUJU_WORKLOAD_NAME: event.container };
  if (event.kind === 'pebble-custom-notice') {
    const { id, type, key } = event.notice;
    return { JUJU_WORKLOAD_NAME: event.container, JUJU_NOTICE_ID: id, JUJU_NOTICE_TYPE: type, JUJU_NOTICE_KEY: key };
  }
  if (event.kind === 'pebble-check-failed' || event.kind === 'pebble-check-recovered') {
    return { JUJU_WORKLOAD_NAME: event.container, JUJU_PEBBLE_CHECK_NAME: event.check };
  }
  if (isSecretEvent(event)) {
    return {
      JUJU_SECRET_ID: `secret:${event.secret}`,
      JUJU_SECRET_LABEL: event.label,
      ...(event.revision > 0 && { JUJU_SECRET_REVISION: String(event.revision) }),
    };
  }
  if (isStorageEvent(event)) {
    const { location, kind } = state.storage[event.storage] ?? {};
    return {
      JUJU_STORAGE_ID: event.storage,
      JUJU_STORAGE_LOCATION: location ?? '',
      JUJU_STORAGE_KIND: kind ?? '',
    };
  }
  if (!isRelationEvent(event)) return {};
  return {
    JUJU_RELATION: event.endpoint,
    JUJU_RELATION_ID: `${event.endpoint}:${event.relationId}`,
    JUJU_REMOTE_UNIT: event.remoteUnit ?? '',
    JUJU_REMOTE_APP: event.remoteApp,
    ...(event.kind === 'relation-departed' ? { JUJU_DEPARTING_UNIT: event.departingUnit } : {}),
  };
}
