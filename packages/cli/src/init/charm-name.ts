// The name of a new charm, and what else is called after it.

import { basename, resolve } from 'node:path';
import { charmName, isReserved } from '../charmcraft/names.ts';

// Without quotes, YAML takes these for something else.
const NO_TEXT_IN_YAML = /^(true|false|yes|no|on|off|y|n|null)$/;

/** Why Juju would not take it as the name of a charm; `undefined` if it does. */
export function reasonAgainst(name: string): string | undefined {
  if (isReserved(name, undefined)) return 'Juju keeps "juju" and names that begin with "juju-" for its own charms';
  if (NO_TEXT_IN_YAML.test(name)) return 'in YAML it is no text';
  return charmName.accepts(name) ? undefined : `it must be ${charmName.expected}`;
}

/** What the charm in a folder would be called: `My Charm` is `my-charm`. It need not be a name that Juju takes. */
export function nameOfFolder(directory: string): string {
  return basename(resolve(directory))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** `web-k8s`: `WebK8sCharm`; `my-charm`: `MyCharm`. */
export function classNameOf(name: string): string {
  const words = wordsOf(name);
  return `${words.join('')}${words.at(-1) === 'Charm' ? '' : 'Charm'}`;
}

/** `web-k8s`: `Web K8s`. */
export function titleOf(name: string): string {
  return wordsOf(name).join(' ');
}

function wordsOf(name: string): readonly string[] {
  return name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
}
