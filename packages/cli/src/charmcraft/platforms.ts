// The platforms of charmcraft.yaml, as craft-platforms takes them.

import { isMapping, itemsOf, type Place, type Shape } from './place.ts';
import { fields, oneOf } from './shapes.ts';

const ARCHITECTURES: ReadonlySet<string> = new Set(['amd64', 'arm64', 'armhf', 'i386', 'ppc64el', 'riscv64', 's390x']);

const UBUNTU = ['18.04', '20.04', '22.04', '24.04', '25.04', '25.10', '26.04', '26.10'].map((each) => `ubuntu@${each}`);
/** What charmcraft builds only with a `build-base`. */
const IN_DEVELOPMENT: ReadonlySet<unknown> = new Set(['ubuntu@25.04', 'ubuntu@25.10', 'ubuntu@26.10']);

export const base: Shape = oneOf(...UBUNTU);
export const buildBase: Shape = oneOf(...UBUNTU, 'ubuntu@devel');

/** Reports what is wrong with the bases and platforms of `charm` together. */
export function checkPlatforms(charm: Place): void {
  const [ownBase, platforms] = [charm.field('base'), charm.field('platforms')];
  if (IN_DEVELOPMENT.has(ownBase.value) && !charm.field('build-base').value) {
    ownBase.report('missing-key', `is in development: charmcraft needs build-base: ${String(ownBase.value)} too`);
  }
  if (platforms.value === undefined || platforms.value === null) return;
  if (!isMapping(platforms.value)) return platforms.mustBe('a mapping from the label of each platform to what it is');
  const labels = Object.keys(platforms.value);
  if (labels.length === 0) platforms.mustBe('a mapping with at least one platform, such as amd64');
  const files = new Map<string, string>();
  for (const label of labels) {
    const platform = platforms.entry('platform', label);
    checkPlatform(platform, label, typeof ownBase.value === 'string');
    const file = label.replaceAll(':', '-');
    const first = files.get(file);
    if (first)
      platform.reportKey('bad-name', `its charm file would have the name of that for ${first}; choose another`);
    files.set(file, label);
  }
}

function checkPlatform(platform: Place, label: string, hasBase: boolean): void {
  if (label === 'any' || label === '*' || label.includes('/')) {
    return platform.reportKey('bad-name', 'its name must not be any or "*", nor have a "/"');
  }
  const ownBase = UBUNTU.find((each) => label.startsWith(`${each}:`));
  if (ownBase && hasBase)
    return platform.reportKey('bad-platform', `has a base of its own, ${ownBase}, beside that of the charm`);
  const isTarget = isBuild(label, hasBase) && !label.endsWith('all');
  if (platform.value === null) {
    if (!isTarget) platform.reportKey('bad-platform', `${expected(hasBase)}, or have build-on and build-for`);
    return;
  }
  if (!isMapping(platform.value)) return platform.mustBe('a mapping with build-on and build-for');
  const isBare = hasBase || ownBase !== undefined;
  fields(
    { 'build-on': builds(isBare, false), 'build-for': builds(isBare, true) },
    { required: ['build-on'] },
  )(platform);
  const target = platform.field('build-for');
  if ((target.value === undefined || target.value === null) && !isTarget) {
    target.report('missing-key', 'is missing, as the name of the platform is no architecture');
  }
}

/** One or several of what to build on, or the one to build for. */
function builds(hasBase: boolean, isTarget: boolean): Shape {
  return (place) => {
    const each = Array.isArray(place.value) ? itemsOf(place) : [place];
    if (each.length === 0 || (isTarget && each.length > 1)) return place.mustBe('one architecture');
    if (new Set(each.map(({ value }) => value)).size < each.length) place.mustBe('a list without repetitions');
    for (const one of each) {
      const name = typeof one.value === 'string' ? one.value : '';
      const isRight = isBuild(name, hasBase) && (isTarget || !name.endsWith('all'));
      if (!isRight) one.report('bad-platform', expected(hasBase));
    }
  };
}

/** An architecture where the charm has one base for all, else a base and an architecture. */
function isBuild(text: string, hasBase: boolean): boolean {
  const [first = '', second, ...more] = text.split(':');
  const architecture = second ?? first;
  if (more.length > 0 || (!ARCHITECTURES.has(architecture) && architecture !== 'all')) return false;
  return hasBase ? second === undefined : second !== undefined && UBUNTU.includes(first);
}

function expected(hasBase: boolean): string {
  const architectures = [...ARCHITECTURES].join(', ');
  return hasBase
    ? `must be one of ${architectures}`
    : `must be a base and one of ${architectures}, as ubuntu@24.04:amd64`;
}
