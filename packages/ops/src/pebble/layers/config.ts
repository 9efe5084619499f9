// A layer as the rules see it, with the names of Pebble's layer specification (docs/reference/layer-specification.md). Durations are in
// milliseconds; what is not set is not there.

export interface LayerConfig {
  readonly label: string;
  readonly summary?: string;
  readonly description?: string;
  readonly services: ReadonlyMap<string, ServiceConfig>;
  readonly checks: ReadonlyMap<string, CheckConfig>;
  readonly 'log-targets': ReadonlyMap<string, LogTargetConfig>;
}

/** The sections of a layer that hold named things with an override rule each. */
export type Section = 'services' | 'checks' | 'log-targets';

export interface ServiceConfig extends UserConfig {
  readonly summary?: string;
  readonly description?: string;
  readonly startup?: string;
  readonly override?: string;
  readonly command?: string;
  readonly after?: readonly string[];
  readonly before?: readonly string[];
  readonly requires?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly 'working-dir'?: string;
  readonly 'on-success'?: string;
  readonly 'on-failure'?: string;
  readonly 'on-check-failure'?: Readonly<Record<string, string>>;
  readonly 'backoff-delay'?: number;
  readonly 'backoff-factor'?: number;
  readonly 'backoff-limit'?: number;
  readonly 'kill-delay'?: number;
}

/** Who runs a process or owns a file. */
export interface UserConfig {
  readonly 'user-id'?: number;
  readonly user?: string;
  readonly 'group-id'?: number;
  readonly group?: string;
}

export interface CheckConfig {
  readonly override?: string;
  readonly level?: string;
  readonly startup?: string;
  readonly period?: number;
  readonly timeout?: number;
  readonly threshold?: number;
  readonly http?: { readonly url?: string; readonly headers?: Readonly<Record<string, string>> };
  readonly tcp?: { readonly port?: number; readonly host?: string };
  readonly exec?: ExecCheckConfig;
}

export interface ExecCheckConfig extends UserConfig {
  readonly command?: string;
  readonly 'service-context'?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly 'working-dir'?: string;
}

export interface LogTargetConfig {
  readonly type?: string;
  readonly location?: string;
  readonly services?: readonly string[];
  readonly override?: string;
  readonly labels?: Readonly<Record<string, string>>;
}
