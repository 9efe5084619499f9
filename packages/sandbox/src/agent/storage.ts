// The storage of a unit: directories among its files, and regular files in the place of block devices.

import { closeSync, ftruncateSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reasonOf } from '@charmed/ops/internal';
import { applicationOf, provisionStorage, storageOf, unitOf, type StorageState } from '@charmed/sim/model';
import { files } from '../directories.ts';
import type { AgentHost } from './host.ts';

const DEVICE_BYTES = 1024 ** 3;

/** Makes the storage that the unit has and that is not there yet. What cannot be made now is tried again when the model changes. */
export function provideStorage(host: AgentHost, unit: string): void {
  for (const storage of storageOf(host.state(), unit)) {
    if (storage.location !== null) continue;
    const location = locationOf(host, storage);
    try {
      if (storage.kind === 'block') makeDevice(location);
      else mkdirSync(location, { recursive: true, mode: 0o700 });
      host.update((state) => provisionStorage(state, storage.id, location));
    } catch (error) {
      host.log(unit, 'sandbox.storage', 'ERROR', `cannot make ${storage.id} at ${location}: ${reasonOf(error)}`);
    }
  }
}

// What a container mounts is in its own tree, where Pebble finds it; the first one has it, if there are several.
function locationOf(host: AgentHost, { id, name, unit }: StorageState): string {
  const directory = files.unit(host.directories, unit);
  const { charm } = applicationOf(host.state(), unitOf(host.state(), unit).application);
  for (const [container, declared] of Object.entries(charm.containers ?? {})) {
    const mount = declared?.mounts?.find((each) => each.storage === name);
    if (mount?.location === undefined) continue;
    const number = charm.storage?.[name]?.multiple === undefined ? '' : id.slice(name.length + 1);
    return join(directory, 'containers', container, 'root', mount.location, number);
  }
  return join(directory, 'storage', id);
}

// Sparse: it takes no room until it is written to.
function makeDevice(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const device = openSync(path, 'a', 0o600);
  ftruncateSync(device, DEVICE_BYTES);
  closeSync(device);
}
