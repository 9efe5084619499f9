// Made from charmcraft.yaml by `charmed types`. Do not edit: change charmcraft.yaml and run it again.

import { CharmBase as Base } from '@charmed/ops';

export const meta = {
  name: "my-charm",
  title: "My Charm",
  summary: "A web server that greets",
  description: "One or two sentences on what the workload is, and what the charm does for those who operate it.\n",
  containers: {
    workload: {
      resource: "workload-image",
    },
  },
  resources: {
    "workload-image": {
      type: "oci-image",
      description: "An image with Node on its PATH",
      "upstream-source": "node:24-slim",
    },
  },
  config: {
    options: {
      port: {
        type: "int",
        default: 8080,
        description: "Where the web server listens",
      },
    },
  },
} as const;

export type Meta = typeof meta;

/** The base of the charm, which knows what charmcraft.yaml declares. */
export class CharmBase extends Base<Meta> {
  static readonly meta: Meta = meta;
}
