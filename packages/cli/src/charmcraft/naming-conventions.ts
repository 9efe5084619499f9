// What charmcraft warns of: names of options, actions and parameters in words that are not joined by "-" (canonical/charmcraft,
// linters.py: NamingConventions).

import { entriesOf, type Place } from './place.ts';

export function checkNames(charm: Place): void {
  const actions = entriesOf(charm.field('actions'), 'action');
  const params = actions.flatMap((action) => entriesOf(action.field('params'), 'parameter'));
  const options = entriesOf(charm.field('config').field('options'), 'config option');
  for (const entries of [options, actions, params]) checkWords(entries);
}

// One finding for all of a kind, as charmcraft has it: there are charms with hundreds.
function checkWords(entries: readonly Place[]): void {
  const [first, ...others] = entries.filter(({ name }) => name.includes('_'));
  if (!first) return;
  const advice = `its words should be joined by "-": ${first.name.replaceAll('_', '-')}`;
  const shown = others.slice(0, 3).map(({ name }) => name);
  const more =
    others.length > shown.length ? `${shown.join(', ')} and ${others.length - shown.length} more` : shown.join(', ');
  first.reportKey('naming', others.length > 0 ? `${advice}; likewise ${more}` : advice);
}
