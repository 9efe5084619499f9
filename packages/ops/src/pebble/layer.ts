// Layers and plans in Pebble's own spelling (Pebble documentation, layer specification).

export type Override = 'merge' | 'replace';
export type ServiceStartup = 'enabled' | 'disabled';
export type ServiceExit = 'restart' | 'shutdown' | 'ignore' | 'success-shutdown' | 'failure-shutdown';

export interface Service {
  readonly override?: Override;
  readonly summary?: string;
  readonly description?: string;
  readonly command?: string;
  readonly startup?: ServiceStartup;
  readonly after?: readonly string[];
  readonly before?: readonly string[];
  readonly requires?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly 'user-id'?: number;
  readonly group?: string;
  readonly 'group-id'?: number;
  readonly 'working-dir'?: string;
  readonly 'on-success'?: ServiceExit;
  readonly 'on-failure'?: ServiceExit;
  readonly 'on-check-failure'?: Readonly<Record<string, ServiceExit>>;
  /** Such as `500ms`. */
  readonly 'backoff-delay'?: string;
  readonly 'backoff-factor'?: number;
  readonly 'backoff-limit'?: string;
  readonly 'kill-delay'?: string;
}

export interface Check {
  readonly override?: Override;
  readonly level?: 'alive' | 'ready';
  readonly startup?: 'enabled' | 'disabled';
  readonly period?: string;
  readonly timeout?: string;
  readonly threshold?: number;
  readonly http?: { readonly url?: string; readonly headers?: Readonly<Record<string, string>> };
  readonly tcp?: { readonly port?: number; readonly host?: string };
  readonly exec?: {
    readonly command?: string;
    readonly 'service-context'?: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly 'working-dir'?: string;
  };
}

export interface LogTarget {
  readonly override?: Override;
  readonly type?: 'loki' | 'opentelemetry' | 'syslog';
  readonly location?: string;
  readonly services?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a charm adds to the plan. Each entry needs an `override`. */
export interface Layer {
  readonly summary?: string;
  readonly description?: string;
  readonly services?: Readonly<Record<string, Service & { readonly override: Override }>>;
  readonly checks?: Readonly<Record<string, Check & { readonly override: Override }>>;
  readonly 'log-targets'?: Readonly<Record<string, LogTarget & { readonly override: Override }>>;
}

/** All layers combined. */
export interface Plan {
  readonly services: Readonly<Record<string, Service>>;
  readonly checks: Readonly<Record<string, Check>>;
  readonly 'log-targets': Readonly<Record<string, LogTarget>>;
}
