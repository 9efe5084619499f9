// Made from charmcraft.yaml by `charmed types`. Do not edit: change charmcraft.yaml and run it again.

import { CharmBase as Base } from '@charmed/ops';

export const meta = {
  name: "kv-k8s",
  title: "Key-value store",
  summary: "A small key-value store",
  description: "Keeps text under keys and serves it over HTTP. Its data survives restarts of the workload.\n",
  provides: {
    kv: {
      interface: "kv",
    },
  },
  containers: {
    kv: {
      resource: "kv-image",
    },
  },
  resources: {
    "kv-image": {
      type: "oci-image",
      description: "An image with Node 24 on its PATH",
      "upstream-source": "node:24-slim",
    },
  },
  config: {
    options: {
      port: {
        type: "int",
        default: 7070,
        description: "Where the store listens",
      },
    },
  },
} as const;

export type Meta = typeof meta;

/** The base of the charm, which knows what charmcraft.yaml declares. */
export class CharmBase extends Base<Meta> {
  static readonly meta: Meta = meta;
}
