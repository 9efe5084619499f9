// A transition as data: what the charm sees, what happens, and what its handler does.

import type { MetaSource } from '@charmed/ops';

/** A verb that the charms of both languages know, and its arguments. */
export type Step = readonly [verb: string, ...args: unknown[]];

export interface Case {
  readonly name: string;
  /** Default: `META`. */
  readonly meta?: MetaSource;
  readonly context?: ContextData;
  readonly state?: StateData;
  readonly event: EventData;
  /** What the handler of the event does. */
  readonly steps?: readonly Step[];
  /** What the handlers of other events do, by their kind. */
  readonly handlers?: Readonly<Record<string, readonly Step[]>>;
  /** Events that earlier dispatches have deferred. */
  readonly deferred?: readonly EventData[];
  /** An event that the same context has run before, from the same state. */
  readonly earlier?: EventData;
}

export interface ContextData {
  readonly juju_version?: string;
  readonly app_trusted?: boolean;
  readonly unit_id?: number;
}

export interface EventData {
  readonly kind: string;
  /** What Scenario's event is called, where nothing of `ctx.on` makes such an event: it lacks what it is about, or has another name than that. */
  readonly path?: string;
  /** Whether it is the charm's own event, with an empty URL. */
  readonly custom?: true;
  readonly relation?: number;
  readonly remoteUnit?: number;
  readonly departingUnit?: number;
  /** The relation, if the state does not have it, or not so. */
  readonly stray?: RelationData;
  readonly container?: string;
  /** The container, if not as the state has it. */
  readonly otherContainer?: ContainerData;
  /** Key of the notice. */
  readonly notice?: string;
  /** Name of the check. */
  readonly check?: string;
  readonly storage?: string;
  /** Label of the secret. */
  readonly secret?: string;
  readonly revision?: number;
  readonly action?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

type Bag = Readonly<Record<string, string>>;

export interface RelationData {
  readonly kind?: 'regular' | 'peer' | 'subordinate';
  readonly endpoint: string;
  readonly id: number;
  readonly localAppData?: Bag;
  readonly localUnitData?: Bag;
  readonly remoteAppName?: string;
  readonly remoteAppData?: Bag;
  readonly remoteUnitData?: Bag;
  readonly remoteUnitId?: number;
  readonly remoteUnitsData?: Readonly<Record<number, Bag>>;
  readonly peersData?: Readonly<Record<number, Bag>>;
}

export interface ContainerData {
  readonly name: string;
  readonly canConnect?: boolean;
  readonly layers?: Readonly<Record<string, object>>;
  readonly services?: Readonly<Record<string, 'active' | 'inactive' | 'error'>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly execs?: readonly {
    readonly prefix: readonly string[];
    readonly exitCode?: number;
    readonly stdout?: string;
    readonly stderr?: string;
  }[];
  readonly notices?: readonly { readonly key: string; readonly id?: string; readonly lastData?: Bag }[];
  readonly checks?: readonly {
    readonly name: string;
    readonly level?: 'alive' | 'ready';
    readonly startup?: 'enabled' | 'disabled';
    readonly status?: 'up' | 'down' | 'inactive';
    readonly failures?: number;
    readonly threshold?: number;
  }[];
}

export interface StateData {
  readonly leader?: boolean;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly relations?: readonly RelationData[];
  readonly containers?: readonly ContainerData[];
  readonly secrets?: readonly {
    readonly tracked: Bag;
    readonly latest?: Bag;
    readonly id?: string;
    readonly owner?: 'unit' | 'app';
    readonly label?: string;
    readonly description?: string;
    readonly grants?: Readonly<Record<number, readonly string[]>>;
  }[];
  readonly storages?: readonly { readonly name: string; readonly index?: number }[];
  readonly ports?: readonly (readonly [protocol: 'tcp' | 'udp' | 'icmp', port?: number])[];
  readonly resources?: Readonly<Record<string, string>>;
  readonly networks?: readonly {
    readonly binding: string;
    readonly address: string;
    readonly ingress: string;
    readonly egress: string;
  }[];
  readonly plannedUnits?: number;
  readonly workloadVersion?: string;
  readonly stored?: object;
  /** Whether it is there a second time. */
  readonly storedTwice?: boolean;
  /** Whether it holds something that cannot be stored. */
  readonly storedOdd?: boolean;
  readonly modelType?: 'kubernetes' | 'lxd';
  readonly cloud?: boolean;
  readonly unitStatus?: readonly [name: string, message: string];
  readonly appStatus?: readonly [name: string, message: string];
}

/** What both sides tell of a transition. */
export interface Result {
  readonly seen: readonly unknown[];
  readonly state?: Readonly<Record<string, unknown>>;
  readonly error?: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly [recorded: string]: unknown;
}

export const META: MetaSource = {
  name: 'app',
  requires: { db: { interface: 'sql' }, logs: { interface: 'logs', scope: 'container' } },
  provides: { site: { interface: 'http' } },
  peers: { peers: { interface: 'app-peers' } },
  containers: { web: {}, side: {} },
  storage: { data: { type: 'filesystem', multiple: { range: '0-' } } },
  resources: { page: { type: 'file', filename: 'page.html' } },
  'extra-bindings': { admin: null },
  config: {
    options: {
      port: { type: 'int', default: 8080 },
      title: { type: 'string' },
      ratio: { type: 'float', default: 0.5 },
      debug: { type: 'boolean', default: false },
      token: { type: 'secret' },
    },
  },
  actions: {
    backup: {
      params: {
        file: { type: 'string' },
        level: { type: 'integer' },
        deep: { type: 'boolean' },
        tags: { type: 'array' },
        options: { type: 'object' },
      },
      additionalProperties: false,
    },
    'do-it': {},
  },
};
