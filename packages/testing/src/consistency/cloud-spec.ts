// What the cloud's credential needs.

import type { Rule } from './situation.ts';

const KUBERNETES_SINCE = '3.6.10';

export const cloudSpecRules: Rule = ({ state: { model }, jujuVersion }, findings) => {
  if (!model.cloudSpec || model.type !== 'kubernetes' || jujuVersion.isAtLeast(KUBERNETES_SINCE)) return;
  findings.wrong(
    `a model on Kubernetes tells its cloudSpec since Juju ${KUBERNETES_SINCE}, not ${jujuVersion.toString()}: raise jujuVersion, or make its type lxd`,
  );
};
