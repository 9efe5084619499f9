// The charm of charm.ts, with its store in the state that Juju keeps.

import { main } from '@charmed/ops';
import { WebCharm } from './charm.ts';

if (import.meta.main) await main(WebCharm, { store: 'juju' });
