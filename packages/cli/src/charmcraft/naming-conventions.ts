// What charmcraft warns of: names of options, actions and parameters in words that are not joined by "-" (canonical/charmcraft,
// linters.py: NamingConventions).

import { entriesOf, type Place } from './place.ts';

export function checkNames(charm: Place): void {
  const actions = entriesOf(charm.field('actions'), 'action');
  const params = actions.flatMap((action) => entriesOf(action.field('params'), 'parameter'));
  const options = entriesOf(charm.field('config').field('options'), 'config option');
  for (const entry of [...options, ...actions, ...params]) {
    const { name } = entry;
    if (name.includes('_')) {
      entry.reportKey('naming', `its words should be joined by "-": ${name.replaceAll('_', '-')}`);
    }
  }
}
