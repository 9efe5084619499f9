// Made from charmcraft.yaml by `charmed types`. Do not edit: change charmcraft.yaml and run it again.

import { CharmBase as Base, type ActionEvent } from '@charmed/ops';

export const meta = {
  name: "guestbook-k8s",
  title: "Guestbook",
  summary: "A guestbook that keeps its entries in a key-value store",
  description: "Shows a greeting and what visitors have written, over HTTP. The entries are kept by a related application that provides kv.\n",
  requires: {
    kv: {
      interface: "kv",
      limit: 1,
    },
  },
  containers: {
    guestbook: {
      resource: "guestbook-image",
    },
  },
  resources: {
    "guestbook-image": {
      type: "oci-image",
      description: "An image with Node 24 on its PATH",
      "upstream-source": "node:24-slim",
    },
  },
  actions: {
    export: {
      description: "Return the entries",
      params: {
        format: {
          type: "string",
          enum: [
            "text",
            "json",
          ],
          default: "text",
        },
        limit: {
          type: "integer",
          minimum: 1,
          default: 10,
          description: "How many entries at most",
        },
      },
    },
  },
  config: {
    options: {
      greeting: {
        type: "string",
        default: "Welcome!",
        description: "The first line of the page",
      },
      port: {
        type: "int",
        default: 8080,
        description: "Where the guestbook listens",
      },
    },
  },
} as const;

export type Meta = typeof meta;

/** The base of the charm, which knows what charmcraft.yaml declares. */
export class CharmBase extends Base<Meta> {
  static readonly meta: Meta = meta;
}

export type ExportEvent = ActionEvent<Meta, "export">;
