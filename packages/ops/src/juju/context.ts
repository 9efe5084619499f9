// What Juju says of this dispatch in its environment, as one frozen record. The only reader of JUJU_* variables.
// Everything that Juju 3.6 and 4 set is here, but for what only programs need that a hook starts (PATH, LANG, TERM, proxies, apt's
// frontends). Which variables exist: juju/juju, internal/worker/uniter/runner/context/context.go.

import { JujuVersion } from './version.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that are unset or empty are `undefined`. */
export interface JujuContext {
  /** `JUJU_ACTION_NAME`: the action as named in the metadata, in an action. */
  readonly actionName: string | undefined;
  /** `JUJU_ACTION_TAG`: such as `action-2`. */
  readonly actionTag: string | undefined;
  /** `JUJU_ACTION_UUID`: the id of the action's task, such as `2`. */
  readonly actionUuid: string | undefined;
  /** `JUJU_AGENT_CA_CERT`: path of the certificate of the agent's socket, set for remote runs only. */
  readonly agentCaCert: string | undefined;
  /** `JUJU_AGENT_SOCKET_ADDRESS`: where hook commands are answered; `@name` is an abstract socket. */
  readonly agentSocketAddress: string | undefined;
  /** `JUJU_AGENT_SOCKET_NETWORK`: `unix` or `tcp`. */
  readonly agentSocketNetwork: string | undefined;
  /** `JUJU_AGENT_TOKEN`: set for remote runs only. */
  readonly agentToken: string | undefined;
  /** `JUJU_API_ADDRESSES`: the controller's addresses, such as `10.1.2.3:17070`. */
  readonly apiAddresses: readonly string[];
  /** `JUJU_AVAILABILITY_ZONE`. */
  readonly availabilityZone: string | undefined;
  /** `JUJU_CHARM_DIR`: absolute path of the unpacked charm; `.` when unset. */
  readonly charmDir: string;
  /** `CLOUD_API_VERSION`: of Kubernetes, such as `1.30.0`. */
  readonly cloudApiVersion: string | undefined;
  /** `JUJU_CONTEXT_ID`: names this hook to the agent. */
  readonly contextId: string | undefined;
  /** `JUJU_DEBUG`: whether it is set at all. */
  readonly debug: boolean;
  /** `JUJU_DEBUG_AT`: where to stop, such as `hook` or `all`. */
  readonly debugAt: ReadonlySet<string>;
  /** `JUJU_DEPARTING_UNIT`: the unit that leaves, in relation-departed. */
  readonly departingUnit: string | undefined;
  /** `JUJU_DISPATCH_PATH`: what happened, such as `hooks/config-changed` or `actions/backup`. */
  readonly dispatchPath: string;
  /** `JUJU_CHARM_FTP_PROXY`. */
  readonly ftpProxy: string | undefined;
  /** `JUJU_HOOK_NAME`: such as `config-changed`; unset in actions. */
  readonly hookName: string | undefined;
  /** `JUJU_CHARM_HTTP_PROXY`. */
  readonly httpProxy: string | undefined;
  /** `JUJU_CHARM_HTTPS_PROXY`. */
  readonly httpsProxy: string | undefined;
  /** `JUJU_MACHINE_ID`: on machines only. */
  readonly machineId: string | undefined;
  /** `JUJU_METER_INFO`. */
  readonly meterInfo: string | undefined;
  /** `JUJU_METER_STATUS`. */
  readonly meterStatus: string | undefined;
  /** `JUJU_MODEL_NAME`. */
  readonly modelName: string;
  /** `JUJU_MODEL_UUID`. */
  readonly modelUuid: string;
  /** `JUJU_CHARM_NO_PROXY`. */
  readonly noProxy: string | undefined;
  /** `JUJU_NOTICE_ID`. */
  readonly noticeId: string | undefined;
  /** `JUJU_NOTICE_KEY`, such as `example.com/backup-done`. */
  readonly noticeKey: string | undefined;
  /** `JUJU_NOTICE_TYPE`, such as `custom`. */
  readonly noticeType: string | undefined;
  /** `JUJU_PEBBLE_CHECK_NAME`. */
  readonly pebbleCheckName: string | undefined;
  /** `JUJU_PRINCIPAL_UNIT`: the unit that a subordinate goes with. */
  readonly principalUnit: string | undefined;
  /** The number in `JUJU_RELATION_ID`, which reads `db:7`. */
  readonly relationId: number | undefined;
  /** `JUJU_RELATION`: the endpoint's name. */
  readonly relationName: string | undefined;
  /** `JUJU_REMOTE_APP`. */
  readonly remoteApp: string | undefined;
  /** `JUJU_REMOTE_UNIT`. */
  readonly remoteUnit: string | undefined;
  /** `JUJU_SECRET_ID`. */
  readonly secretId: string | undefined;
  /** `JUJU_SECRET_LABEL`. */
  readonly secretLabel: string | undefined;
  /** `JUJU_SECRET_REVISION`. */
  readonly secretRevision: number | undefined;
  /** `JUJU_SLA`. */
  readonly sla: string | undefined;
  /** `JUJU_SPAN_ID`: of the agent's trace of this hook. Since Juju 4, where tracing is on. */
  readonly spanId: string | undefined;
  /** `JUJU_STORAGE_ID`, such as `data/0`. */
  readonly storageId: string | undefined;
  /** `JUJU_STORAGE_KIND`: `filesystem` or `block`. */
  readonly storageKind: string | undefined;
  /** `JUJU_STORAGE_LOCATION`: where it is mounted, or the path of its device. */
  readonly storageLocation: string | undefined;
  /** `JUJU_TARGET_BASE`, in upgrade-series hooks. */
  readonly targetBase: string | undefined;
  /** `JUJU_TARGET_SERIES`: the series of `targetBase`; not in Juju 4. */
  readonly targetSeries: string | undefined;
  /** `JUJU_TRACE_FLAGS`: 1 when the trace is sampled. */
  readonly traceFlags: number | undefined;
  /** `JUJU_TRACE_ID`: of the agent's trace. */
  readonly traceId: string | undefined;
  /** `JUJU_UNIT_NAME`, such as `web/0`. */
  readonly unitName: string;
  /** `JUJU_VERSION`; 0.0.0 when unset. */
  readonly version: JujuVersion;
  /** `JUJU_WORKLOAD_NAME`: the container, in Pebble's events. */
  readonly workloadName: string | undefined;
}

/** Reads leniently, as ops does: what is missing is `undefined` or empty. */
export function jujuContextFrom(environment: Environment): JujuContext {
  const get = (name: string) => environment[`JUJU_${name}`] || undefined;
  return Object.freeze({
    actionName: get('ACTION_NAME'),
    actionTag: get('ACTION_TAG'),
    actionUuid: get('ACTION_UUID'),
    agentCaCert: get('AGENT_CA_CERT'),
    agentSocketAddress: get('AGENT_SOCKET_ADDRESS'),
    agentSocketNetwork: get('AGENT_SOCKET_NETWORK'),
    agentToken: get('AGENT_TOKEN'),
    apiAddresses: words(get('API_ADDRESSES'), /\s+/),
    availabilityZone: get('AVAILABILITY_ZONE'),
    charmDir: get('CHARM_DIR') ?? '.',
    cloudApiVersion: environment.CLOUD_API_VERSION || undefined,
    contextId: get('CONTEXT_ID'),
    debug: environment.JUJU_DEBUG !== undefined,
    debugAt: new Set(words(get('DEBUG_AT'), /\s*,\s*/)),
    departingUnit: get('DEPARTING_UNIT'),
    dispatchPath: get('DISPATCH_PATH') ?? '',
    ftpProxy: get('CHARM_FTP_PROXY'),
    hookName: get('HOOK_NAME'),
    httpProxy: get('CHARM_HTTP_PROXY'),
    httpsProxy: get('CHARM_HTTPS_PROXY'),
    machineId: get('MACHINE_ID'),
    meterInfo: get('METER_INFO'),
    meterStatus: get('METER_STATUS'),
    modelName: get('MODEL_NAME') ?? '',
    modelUuid: get('MODEL_UUID') ?? '',
    noProxy: get('CHARM_NO_PROXY'),
    noticeId: get('NOTICE_ID'),
    noticeKey: get('NOTICE_KEY'),
    noticeType: get('NOTICE_TYPE'),
    pebbleCheckName: get('PEBBLE_CHECK_NAME'),
    principalUnit: get('PRINCIPAL_UNIT'),
    relationId: integer(get('RELATION_ID')?.replace(/^.*:/, '')),
    relationName: get('RELATION'),
    remoteApp: get('REMOTE_APP'),
    remoteUnit: get('REMOTE_UNIT'),
    secretId: get('SECRET_ID'),
    secretLabel: get('SECRET_LABEL'),
    secretRevision: integer(get('SECRET_REVISION')),
    sla: get('SLA'),
    spanId: get('SPAN_ID'),
    storageId: get('STORAGE_ID'),
    storageKind: get('STORAGE_KIND'),
    storageLocation: get('STORAGE_LOCATION'),
    targetBase: get('TARGET_BASE'),
    targetSeries: get('TARGET_SERIES'),
    traceFlags: integer(get('TRACE_FLAGS')),
    traceId: get('TRACE_ID'),
    unitName: get('UNIT_NAME') ?? '',
    version: JujuVersion.parse(get('VERSION') ?? '0.0.0'),
    workloadName: get('WORKLOAD_NAME'),
  });
}

function words(text: string | undefined, separator: RegExp): readonly string[] {
  return text?.trim().split(separator).filter(Boolean) ?? [];
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
