// Networks have to be of bindings that the charm has.

import type { MetaSource } from '@charmed/ops';
import { repeated, type Rule } from './situation.ts';

export const networkRules: Rule = ({ meta, state }, findings) => {
  const endpoints = endpointsOf(meta);
  const extra = Object.keys(meta['extra-bindings'] ?? {});
  for (const name of extra) {
    if (!endpoints.has(name)) continue;
    findings.wrong(`extra-bindings and endpoints of the metadata both have ${name}: rename one of them`);
  }
  const bindings = new Set([...extra, 'juju-info']);
  for (const [name, isContainer] of endpoints) if (!isContainer) bindings.add(name);
  for (const { bindingName } of state.networks) {
    if (bindings.has(bindingName)) continue;
    findings.wrong(
      `the state has a network of ${bindingName}, but bindings are ${[...bindings].join(', ')}: take one of them`,
    );
  }
  for (const name of repeated(state.networks.map((network) => network.bindingName))) {
    findings.doubtful(`the state has two networks of ${name}: leave one out`);
  }
};

/** By name, whether its scope is the container. */
function endpointsOf({ requires, provides, peers }: MetaSource): ReadonlyMap<string, boolean> {
  const entries = [requires, provides, peers].flatMap((section) => Object.entries(section ?? {}));
  return new Map(entries.map(([name, source]) => [name, source?.scope === 'container']));
}
