// lxd-profile.yaml of a machine charm: what Juju lets a charm set of its LXD containers (juju/charm, lxdprofile.go).

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readYaml } from '../charmcraft/document.ts';
import { entriesOf, isMapping, Place } from '../charmcraft/place.ts';
import { codeOf } from '../errors.ts';
import type { Finding } from '../findings/finding.ts';

const FILE = 'lxd-profile.yaml';
const DEVICES: ReadonlySet<unknown> = new Set(['unix-char', 'unix-block', 'gpu', 'usb']);
const NOT_FOR_CHARMS = ['boot', 'limits', 'migration'];

export async function lxdProfile(directory: string): Promise<readonly Finding[]> {
  const bytes = await readFile(join(directory, FILE)).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (!bytes) return [];
  const read = readYaml(FILE, bytes);
  if ('findings' in read) return read.findings;
  const findings: Finding[] = [];
  checkProfile(Place.top(read.document, findings));
  return findings;
}

function checkProfile(profile: Place): void {
  if (profile.value === null) return;
  if (!isMapping(profile.value)) return profile.mustBe('a mapping with config and devices');
  for (const setting of entriesOf(profile.field('config'), 'setting')) {
    const group = NOT_FOR_CHARMS.find((each) => setting.name.startsWith(each));
    if (group)
      setting.reportKey('bad-lxd-profile', `is not for charms, like all that begins with ${group}; take it out`);
    else if (typeof setting.value === 'object') setting.mustBe('a text');
  }
  for (const device of entriesOf(profile.field('devices'), 'device')) {
    const type = device.field('type');
    if (!isMapping(device.value)) device.mustBe('a mapping');
    else if (type.value !== undefined && !DEVICES.has(type.value)) {
      type.report('bad-lxd-profile', `must be one of ${[...DEVICES].join(', ')}`);
    }
  }
}
