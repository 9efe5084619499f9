// A Juju version, such as 3.6.14 or 4.0-beta2, and what each one can do.

import { OpsError } from '../errors.ts';

const VERSION = /^(\d{1,9})\.(\d{1,9})(?:(?:\.|-([a-z]+))(\d{1,9}))?(?:\.(\d{1,9}))?$/;

/** Ordered as Juju orders them: a tagged version such as `3.0-rc1` comes before the untagged one. */
export class JujuVersion {
  readonly major: number;
  readonly minor: number;
  readonly tag: string;
  readonly patch: number;
  readonly build: number;

  private constructor(parts: { major: number; minor: number; tag: string; patch: number; build: number }) {
    this.major = parts.major;
    this.minor = parts.minor;
    this.tag = parts.tag;
    this.patch = parts.patch;
    this.build = parts.build;
  }

  /** @throws OpsError `bad-juju-version` when the text is not a Juju version. */
  static parse(text: string): JujuVersion {
    const match = VERSION.exec(text);
    if (!match) throw new OpsError('bad-juju-version', `cannot read Juju version ${JSON.stringify(text)}`);
    const [, major, minor, tag = '', patch = '0', build = '0'] = match;
    return new JujuVersion({
      major: Number(major),
      minor: Number(minor),
      tag,
      patch: Number(patch),
      build: Number(build),
    });
  }

  /** Negative when this version is the older one, zero when they are equal. */
  compare(other: JujuVersion | string): number {
    const that = typeof other === 'string' ? JujuVersion.parse(other) : other;
    return (
      this.major - that.major ||
      this.minor - that.minor ||
      compareTags(this.tag, that.tag) ||
      this.patch - that.patch ||
      this.build - that.build
    );
  }

  isAtLeast(other: JujuVersion | string): boolean {
    return this.compare(other) >= 0;
  }

  toString(): string {
    const patch = this.tag ? `-${this.tag}${this.patch}` : `.${this.patch}`;
    return `${this.major}.${this.minor}${patch}${this.build > 0 ? `.${this.build}` : ''}`;
  }
}

function compareTags(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '') return 1;
  if (b === '') return -1;
  return a < b ? -1 : 1;
}
