// A charm that declares more than any real one, and uses all of it.

import { parse, stringify } from 'yaml';

interface Sizes {
  readonly endpoints: number;
  readonly options: number;
  readonly actions: number;
  readonly containers: number;
}

/** More than the largest public charms have of each. */
const HUGE: Sizes = { endpoints: 60, options: 250, actions: 40, containers: 20 };

function named(prefix: string, count: number, entry: (index: number) => unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, entry(index)]));
}

const TYPES = ['string', 'int', 'float', 'boolean', 'secret'];

/** Its charmcraft.yaml. */
export function hugeCharmcraft({ endpoints, options, actions, containers }: Sizes = HUGE): string {
  return stringify({
    name: 'huge',
    type: 'charm',
    summary: 'A charm for tests',
    description: 'Declares a great deal.',
    base: 'ubuntu@24.04',
    platforms: { amd64: null },
    parts: { charm: { plugin: 'dump', source: 'dist' } },
    requires: named('needs', endpoints, (index) => ({
      interface: 'http',
      limit: index % 3,
      optional: index % 2 === 0,
    })),
    provides: named('gives', endpoints, () => ({ interface: 'http', description: 'Something of use' })),
    peers: { cluster: { interface: 'huge_peers' } },
    containers: named('box', containers, (index) => ({ resource: `image${index}` })),
    resources: named('image', containers, () => ({ type: 'oci-image', 'upstream-source': 'example:1' })),
    storage: named('data', containers, () => ({ type: 'filesystem', multiple: { range: '0-10' } })),
    config: {
      options: named('option', options, (index) => {
        const type = TYPES[index % TYPES.length];
        const defaults = { string: 'text', int: 1, float: 0.5, boolean: true };
        return {
          type,
          description: `What ${index} is for`,
          ...(index % 2 === 1 && type !== 'secret' && { default: Reflect.get(defaults, type ?? '') }),
        };
      }),
    },
    actions: named('act', actions, () => ({ description: 'Does it', params: PARAMS, required: ['target'] })),
  });
}

const PARAMS = parse(`
target: {type: string, enum: [disk, cloud, tape]}
level: {type: integer, default: 1, minimum: 0}
dry-run: {type: boolean}
tags: {type: array, items: {type: string}}
note: {type: [string, "null"]}
where:
  type: object
  required: [host]
  properties:
    host: {type: string}
    port: {type: integer, default: 22}
    keys: {type: array, items: {type: object, properties: {name: {type: string}, size: {type: number}}}}
either: {oneOf: [{type: string}, {type: integer}]}
`) as unknown;

/** A charm that uses each of its names, and whose handlers have the types of their parameters. */
export function hugeCharm({ endpoints, options, actions, containers }: Sizes = HUGE): string {
  const each = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n    ');
  return `import type { Framework } from '@charmed/ops';
import { CharmBase, type ${Array.from({ length: actions }, (_, index) => `Act${index}Event`).join(', type ')} } from './charm.gen.ts';

export class HugeCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    ${each(endpoints, (index) => `this.observe(this.on.relation('needs${index}').changed, this.#onEvent);`)}
    ${each(endpoints, (index) => `this.observe(this.on.relation('gives${index}').broken, this.#onEvent);`)}
    ${each(containers, (index) => `this.observe(this.on.container('box${index}').pebbleReady, this.#onEvent);`)}
    ${each(containers, (index) => `this.observe(this.on.storage('data${index}').attached, this.#onEvent);`)}
    ${each(actions, (index) => `this.observe(this.on.action('act${index}'), this.#onAct${index});`)}
  }

  async #onEvent(_event: object): Promise<void> {
    const config = await this.config();
    ${each(options, (index) => `void config['option${index}'];`)}
    config['option1'] satisfies number;
  }
  ${each(
    actions,
    (index) => `async #onAct${index}({ params }: Act${index}Event): Promise<void> {
      params satisfies { readonly target: 'disk' | 'cloud' | 'tape'; readonly level: number; readonly where: { readonly port: number } };
      params.where.keys?.[0]?.size satisfies number | undefined;
      params.either satisfies string | number | undefined;
    }`,
  )}
}
`;
}
