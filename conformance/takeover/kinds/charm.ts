// Says what it finds in each deferred event.

import {
  CharmBase,
  main,
  PebbleCheckEvent,
  PebbleCustomNoticeEvent,
  RelationDepartedEvent,
  RelationEvent,
  SecretEvent,
  SecretRemoveEvent,
  StorageEvent,
  WorkloadEvent,
  type EventBase,
  type Framework,
} from '@charmed/ops';

class KindsCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    const { install, start, updateStatus, configChanged, upgradeCharm, leaderElected } = this.on;
    const relations = Object.values(this.on.relation('my-db'));
    const storages = Object.values(this.on.storage('data'));
    const containers = Object.values(this.on.container('web'));
    const { secretChanged, secretRemove } = this.on;
    const plain = [
      install,
      start,
      updateStatus,
      configChanged,
      upgradeCharm,
      leaderElected,
      secretChanged,
      secretRemove,
    ];
    for (const event of [...plain, ...relations, ...storages, ...containers]) {
      this.observe(event, this.#onAny);
    }
  }

  async #onAny(event: EventBase): Promise<void> {
    console.log(JSON.stringify([event.kind, ...(await factsOf(event))]));
  }
}

async function factsOf(event: EventBase): Promise<unknown[]> {
  if (event instanceof RelationEvent) {
    const unit = 'unit' in event ? (event.unit as { readonly name: string } | undefined) : undefined;
    const departing = event instanceof RelationDepartedEvent ? event.departingUnit?.name : undefined;
    return [event.relation.id, event.app.name, unit?.name, departing];
  }
  if (event instanceof StorageEvent) return [event.storage.id, await event.storage.location()];
  if (event instanceof SecretRemoveEvent) return [event.secret.id, event.secret.label, event.revision];
  if (event instanceof SecretEvent) return [event.secret.id, event.secret.label];
  if (event instanceof PebbleCustomNoticeEvent) {
    const { id, type, key } = event.notice;
    return [event.workload.name, id, type, key];
  }
  if (event instanceof PebbleCheckEvent) return [event.workload.name, event.info.name];
  return event instanceof WorkloadEvent ? [event.workload.name] : [];
}

if (import.meta.main) await main(KindsCharm);
