// The rules of `charmed check`, each with what it means and how to mend what it finds. docs/reference/check-rules.md is made of it.

export type Severity = 'error' | 'warning';

export interface Rule {
  /** An error is refused by Juju or charmcraft, or fails at run time. A warning may be meant so. */
  readonly severity: Severity;
  /** What was found, as a sentence. */
  readonly meaning: string;
  /** How to mend it, as a sentence. */
  readonly mend: string;
}

export type RuleName =
  | 'yaml'
  | 'unknown-key'
  | 'ignored-key'
  | 'missing-key'
  | 'legacy-key'
  | 'stated-twice'
  | 'incomplete'
  | 'bad-value'
  | 'bad-name'
  | 'reserved-name'
  | 'bad-reference'
  | 'bad-platform'
  | 'bad-assumes'
  | 'bad-schema'
  | 'naming'
  | 'bad-lxd-profile'
  | 'stale-types'
  | 'no-entry'
  | 'no-main'
  | 'bad-code'
  | 'unknown-name'
  | 'large-file';

export const RULES: Readonly<Record<RuleName, Rule>> = {
  yaml: {
    severity: 'error',
    meaning: 'The file is not YAML as charmcraft and Juju read it: UTF-8, one mapping, each key once and a text.',
    mend: 'Correct the line; put keys and texts that look like something else in quotes.',
  },
  'unknown-key': {
    severity: 'error',
    meaning: 'charmcraft.yaml has a key that charmcraft refuses.',
    mend: 'Correct its spelling, or take it out. The message lists the keys that there are.',
  },
  'ignored-key': {
    severity: 'warning',
    meaning: 'Juju does not read this key, often because it is misspelt.',
    mend: 'Correct its spelling, or take it out.',
  },
  'missing-key': {
    severity: 'error',
    meaning: 'Something that charmcraft or Juju needs is not there.',
    mend: 'Add the key that the message names.',
  },
  'legacy-key': {
    severity: 'error',
    meaning: 'The key belongs to a form of charms that Juju refuses together with bases, which every packed charm has.',
    mend: 'Replace it by what the message names.',
  },
  'stated-twice': {
    severity: 'error',
    meaning:
      'charmcraft.yaml says what metadata.yaml, config.yaml or actions.yaml beside it says, and Juju reads those.',
    mend: 'Keep one of both.',
  },
  incomplete: {
    severity: 'warning',
    meaning:
      'What packing needs is not there: `platforms` for any packer, which have replaced `bases`; `parts` for `charmcraft pack` alone.',
    mend: 'Add the key when the charm is to be packed so.',
  },
  'bad-value': {
    severity: 'error',
    meaning: 'A value is of another type, form or range than charmcraft or Juju takes.',
    mend: 'Write what the message asks for.',
  },
  'bad-name': {
    severity: 'error',
    meaning: "A name is not of Juju's form for names of its kind, or taken.",
    mend: 'Choose another name.',
  },
  'reserved-name': {
    severity: 'error',
    meaning: 'Juju keeps the names `juju` and `juju-…` of endpoints, interfaces and actions for itself.',
    mend: 'Choose another name.',
  },
  'bad-reference': {
    severity: 'error',
    meaning: 'A part of the file names another that is not there, or not of the kind that it must be.',
    mend: 'Declare what is named, or name what is declared.',
  },
  'bad-platform': {
    severity: 'error',
    meaning: 'A platform is not one that charmcraft knows, or does not say what it is built on and for.',
    mend: 'Name it as an architecture, such as `amd64`, or give it `build-on` and `build-for`.',
  },
  'bad-assumes': {
    severity: 'error',
    meaning: 'An entry of `assumes` is no feature, `any-of` or `all-of`.',
    mend: 'Write it as `k8s-api`, `juju >= 3.6`, `juju < 4`, or a list under `any-of` or `all-of`.',
  },
  'bad-schema': {
    severity: 'error',
    meaning: 'The parameters of an action are no JSON schema of draft 4, which Juju reads.',
    mend: 'Write the schema as the message asks.',
  },
  naming: {
    severity: 'warning',
    meaning: 'Words of the name of an option, action or parameter are joined by "_", of which charmcraft warns.',
    mend: 'Join them by "-", unless users know the name already.',
  },
  'bad-lxd-profile': {
    severity: 'error',
    meaning: 'lxd-profile.yaml has a device or setting that Juju does not let a charm set.',
    mend: 'Take it out: devices are of type unix-char, unix-block, gpu or usb, and boot, limits and migration are not for charms.',
  },
  'stale-types': {
    severity: 'error',
    meaning: 'src/charm.gen.ts is missing or not what `charmed types` makes of charmcraft.yaml now.',
    mend: 'Run `charmed types`, or keep `charmed types --watch` running.',
  },
  'no-entry': {
    severity: 'error',
    meaning: 'There is no src/charm.ts, where the charm begins.',
    mend: 'Write it, or begin with `charmed init`.',
  },
  'no-main': {
    severity: 'error',
    meaning: 'src/charm.ts does not call main, so that the charm would do nothing.',
    mend: 'End it with: if (import.meta.main) await main(YourCharm);',
  },
  'bad-code': {
    severity: 'error',
    meaning: 'A file of src is no TypeScript.',
    mend: 'Correct the line.',
  },
  'unknown-name': {
    severity: 'error',
    meaning:
      'The code observes or uses an endpoint, container, storage, action or resource that charmcraft.yaml does not declare.',
    mend: 'Declare it in charmcraft.yaml, or correct its spelling.',
  },
  'large-file': {
    severity: 'warning',
    meaning: 'A file of more than 16 MiB goes into the charm; each unit of each deployment fetches and expands it.',
    mend: 'Make it a resource, or leave it out of workload and templates.',
  },
};
