// Which fields the things in a layer have, and what each may hold, in the order in which Pebble writes a plan.

import {
  type Field,
  type Fields,
  count,
  dictionary,
  dictionaryOf,
  duration,
  factor,
  group,
  integer,
  list,
  override,
  shownList,
  text,
  textOf,
} from './field.ts';
import type { CheckConfig, ExecCheckConfig, LogTargetConfig, Section, ServiceConfig, UserConfig } from './config.ts';

const user: Fields<UserConfig> = { 'user-id': integer, user: text, 'group-id': integer, group: text };

const action = 'plan.ServiceAction';
const service: Fields<ServiceConfig> = {
  summary: text,
  description: text,
  startup: textOf('plan.ServiceStartup'),
  override,
  command: text,
  after: list,
  before: list,
  requires: list,
  environment: dictionary,
  ...user,
  'working-dir': text,
  'on-success': textOf(action),
  'on-failure': textOf(action),
  'on-check-failure': dictionaryOf(action),
  'backoff-delay': duration,
  'backoff-factor': factor,
  'backoff-limit': duration,
  'kill-delay': duration,
};

const execCheck: Fields<ExecCheckConfig> = {
  command: text,
  'service-context': text,
  environment: dictionary,
  ...user,
  'working-dir': text,
};

const check: Fields<CheckConfig> = {
  override,
  level: textOf('plan.CheckLevel'),
  startup: textOf('plan.CheckStartup'),
  period: duration,
  timeout: duration,
  threshold: count,
  http: group({ url: text, headers: dictionary }, 'plan.HTTPCheck'),
  tcp: group({ port: count, host: text }, 'plan.TCPCheck'),
  exec: group(execCheck, 'plan.ExecCheck'),
};

const logTarget: Fields<LogTargetConfig> = {
  type: textOf('plan.LogTargetType'),
  location: text,
  services: shownList,
  override,
  labels: dictionary,
};

export const serviceField: Field<ServiceConfig> = group(service, 'plan.Service');
export const checkField: Field<CheckConfig> = group(check, 'plan.Check');
export const logTargetField: Field<LogTargetConfig> = group(logTarget, 'plan.LogTarget');

/** What Pebble's error texts call one of a section, and its Go type. */
export const sectionNouns: Readonly<Record<Section, { readonly noun: string; readonly goType: string }>> = {
  services: { noun: 'service', goType: 'plan.Service' },
  checks: { noun: 'check', goType: 'plan.Check' },
  'log-targets': { noun: 'log target', goType: 'plan.LogTarget' },
};
