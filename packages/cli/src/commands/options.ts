// Options that several commands take.

import { Option } from 'commander';

/** Collects what may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

export function platformOption(): Option {
  return new Option('-p, --platform <label>', "only this one; `host` for this machine's (repeatable)").argParser(
    collect,
  );
}

export function resourceOption(): Option {
  const what =
    'name=image, name=path, or name:revision for one on Charmhub (repeatable). Default: images from upstream-source';
  return new Option('--resource <name=value>', what).argParser(collect);
}

export function channelOption(): Option {
  return new Option('-c, --channel <channel>', 'such as edge or 2.0/candidate (repeatable)')
    .argParser(collect)
    .makeOptionMandatory();
}
