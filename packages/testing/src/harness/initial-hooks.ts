// What Juju sends a unit that comes up, with all that is there already.

import { UnknownStatus } from '@charmed/ops';
import { charmMetaFrom } from '@charmed/ops/internal';
import { PeerRelation, remoteUnitsOf } from '../state/relation.ts';
import type { Emitter } from './emitter.ts';
import type { Containers } from './containers.ts';
import type { Relations } from './relations.ts';
import type { Storages } from './storages.ts';
import type { World } from './world.ts';

export interface Parts {
  readonly world: World;
  readonly charm: Emitter;
  readonly relations: Relations;
  readonly storages: Storages;
  readonly containers: Containers;
}

/** In Juju's order; where Juju has none, in that of the metadata. */
export async function initialHooks(parts: Parts): Promise<void> {
  const { world, charm, storages, containers } = parts;
  const meta = charmMetaFrom(world.meta);
  for (const name of meta.storages.keys()) await storages.attachAll(name);
  await charm.emit({ what: 'install' });
  await createRelations(parts);
  await charm.emit({ what: world.isLeader() ? 'leader-elected' : 'leader-settings-changed' });
  await charm.emit({ what: 'config-changed' });
  await charm.emit({ what: 'start' });
  for (const name of meta.containers.keys()) await containers.pebbleReady(name);
  const { name, message } = world.now.unitStatus;
  // A unit that has said nothing while it came up is shown as unknown.
  if (name === 'maintenance' && message === '') world.unitStatus = new UnknownStatus();
  await joinUnits(parts);
}

async function createRelations({ world, charm, relations }: Parts): Promise<void> {
  for (const { name, role } of charmMetaFrom(world.meta).relations.values()) {
    const known = world.now.relations.filter(({ endpoint }) => endpoint === name);
    if (role === 'peers' && known.length === 0) await relations.add(name, world.appName, {});
    for (const relation of known) await charm.emitIfEnabled({ what: 'relation-created', relation });
  }
}

async function joinUnits({ world, charm, relations }: Parts): Promise<void> {
  for (const { id } of world.now.relations) {
    const now = relations.find(id);
    const appData = now instanceof PeerRelation ? now.localAppData : 'remoteAppData' in now ? now.remoteAppData : {};
    if (Object.keys(appData).length > 0) {
      await charm.emit({ what: 'relation-changed', relation: now, remoteUnit: null });
    }
    for (const number of Object.keys(remoteUnitsOf(now)).toSorted()) {
      const remoteUnit = Number(number);
      await charm.emit({ what: 'relation-joined', relation: relations.find(id), remoteUnit });
      await charm.emit({ what: 'relation-changed', relation: relations.find(id), remoteUnit });
    }
  }
}
