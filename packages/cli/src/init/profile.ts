// The kinds of charms that `charmed init` makes.

export type Profile = 'kubernetes' | 'machine';

export const PROFILES: Readonly<Record<Profile, string>> = {
  kubernetes: 'the workload runs in containers, under Pebble',
  machine: 'the workload runs on a machine',
};
