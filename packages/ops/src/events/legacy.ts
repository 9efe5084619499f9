// Events that Juju 3 may still send and Juju 4 does not. New charms have no use for them.

import { ModelError } from '../errors.ts';
import { EventBase, type EventDelivery } from '../framework/event.ts';
import { addMetric } from '../hookcmds/metric.ts';
import type { HookRunner } from '../hookcmds/runner.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import { LifecycleEvent, lifecycle } from './lifecycle.ts';
import { eventType, type CharmEventType } from './type.ts';

/** The leader has changed its settings. Use data of a peer relation in their place. */
export class LeaderSettingsChangedEvent extends LifecycleEvent {}

/** The machine is about to get another release of its operating system. Juju no longer upgrades machines in place. */
export class PreSeriesUpgradeEvent extends LifecycleEvent {}

/** The machine has got another release of its operating system. */
export class PostSeriesUpgradeEvent extends LifecycleEvent {}

/** Time to tell metrics. No deferred events, reconcilers or statuses run with it, and few hook commands work. Use observability tools. */
export class CollectMetricsEvent extends EventBase {
  readonly #runner: HookRunner;

  constructor(delivery: EventDelivery, runner: HookRunner) {
    super(delivery);
    this.#runner = runner;
  }

  /** @throws ModelError `bad-metric` for a name, value or label that Juju does not take. */
  addMetrics(
    metrics: Readonly<Record<string, number>>,
    labels: Readonly<Record<string, string>> = {},
  ): Operation<void> {
    return operation('event.addMetrics', async () => {
      for (const [name, value] of Object.entries(metrics)) requireMetric(name, Number.isFinite(value) && value >= 0);
      for (const [name, value] of Object.entries(labels)) requireMetric(name, /^[^,=]+$/.test(value));
      await addMetric(this.#runner, metrics, labels);
    });
  }
}

export interface LegacyTypes {
  readonly 'leader-settings-changed': CharmEventType<LeaderSettingsChangedEvent>;
  readonly 'pre-series-upgrade': CharmEventType<PreSeriesUpgradeEvent>;
  readonly 'post-series-upgrade': CharmEventType<PostSeriesUpgradeEvent>;
  readonly 'collect-metrics': CharmEventType<CollectMetricsEvent>;
}

/** By the name of the hook. */
export const legacyTypes: LegacyTypes = {
  'leader-settings-changed': lifecycle(LeaderSettingsChangedEvent),
  'pre-series-upgrade': lifecycle(PreSeriesUpgradeEvent),
  'post-series-upgrade': lifecycle(PostSeriesUpgradeEvent),
  'collect-metrics': eventType({
    name: CollectMetricsEvent.name,
    create: (delivery, _snapshot, host) => new CollectMetricsEvent(delivery, host.backend.runner),
  }),
};

function requireMetric(name: string, isValueFit: boolean): void {
  if (isValueFit && /^[a-zA-Z](?:[a-zA-Z0-9_-]*[a-zA-Z0-9])?$/.test(name)) return;
  const rule =
    'names have letters, digits, "-" and "_", values are not below 0, labels are not empty and have no "," or "="';
  throw new ModelError('bad-metric', `cannot add metric or label ${JSON.stringify(name)}: ${rule}`);
}
