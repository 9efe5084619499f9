// Generated values of charmcraft.yaml: mostly right, with some of everything that can be wrong.

import fc from 'fast-check';

type Json = fc.Arbitrary<unknown>;

/** Rarely the second, so that most documents have no fault or one. */
function mostly(right: Json, wrong: Json): Json {
  return fc.oneof({ arbitrary: right, weight: 120 }, { arbitrary: wrong, weight: 1 });
}

const oddity = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  -1,
  7,
  2.5,
  1000,
  '',
  'x',
  'a b',
  '7',
  'true',
  [],
  {},
  ['x'],
  {
    x: 'z',
  },
);

/** One of the values; rarely one of the wrong ones or of any kind. */
function oneOf(values: readonly unknown[], wrong: readonly unknown[] = []): Json {
  return mostly(fc.constantFrom(...values), wrong.length > 0 ? fc.oneof(fc.constantFrom(...wrong), oddity) : oddity);
}

const string = oneOf(['Some text', 'yes', '0777', '1_000', 'a: b\nc', ' padded '], ['']);
const boolean = oneOf([true, false]);
const integer = oneOf([0, 1, 2, 5, 10]);
const listOf = (item: Json, least = 0): Json => mostly(fc.array(item, { minLength: least, maxLength: 3 }), oddity);

function record(required: Readonly<Record<string, Json>>, optional: Readonly<Record<string, Json>> = {}): Json {
  const rightOnes = fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) });
  const incomplete = fc.record({ ...required, ...optional, extra: oddity }, { requiredKeys: [] });
  return mostly(rightOnes, fc.oneof(incomplete, oddity));
}

function named(names: readonly string[], value: Json): Json {
  const odd = fc.constantFrom(
    'Upper',
    'under_score',
    'juju',
    'juju-info',
    '-a',
    'a-',
    'a--b',
    '9',
    '2nd',
    'a.b',
    'x-1',
  );
  const name = fc.oneof({ arbitrary: fc.constantFrom(...names), weight: 120 }, { arbitrary: odd, weight: 1 });
  return mostly(fc.dictionary(name, value, { maxKeys: 3 }), oddity);
}

const relation = fc.oneof(
  { arbitrary: oneOf(['http'], ['juju-info']), weight: 1 },
  {
    arbitrary: record(
      { interface: oneOf(['http', 'pgsql_client'], ['juju-info', 'juju']) },
      { limit: integer, optional: boolean, scope: oneOf(['global', 'container']), description: string },
    ),
    weight: 5,
  },
);

const scalarSchema = record(
  {
    type: oneOf(
      ['string', 'integer', 'number', 'boolean', 'null', ['string', 'null']],
      ['int', ['string', 'string'], []],
    ),
  },
  {
    description: string,
    title: string,
    default: oddity,
    enum: oneOf(
      [
        ['a', 'b'],
        [1, null],
      ],
      [['a', 'a'], []],
    ),
    minimum: oneOf([0, 2.5], ['1']),
    maximum: oneOf([5, 3], ['1', 1]),
    exclusiveMaximum: oneOf([true, false], [3]),
    minLength: oneOf([0, 1], [-1, 1.5]),
    maxLength: oneOf([9, 10], [0]),
    pattern: oneOf(
      ['^[a-z]+$', 'a|b', '\\d{2}', '[^/]*'],
      [
        '[',
        '(?=a)',
        '(?<name>a)',
        '\\1',
        'a{2',
        '\\p{L}',
        '(?P<n>a)',
        '(?i)a',
        'a++',
        '\\/',
        '\\-',
        '\\_',
        '[a-\\d]',
        '\\cA',
        '\\u0041',
        '[[:alpha:]]',
        'x{1001}',
        '\\Z',
        '\\A',
        ']',
        '}',
        '{',
        'a{,2}',
        '\\Q*\\E',
        '()',
        '[]a]',
        '[]',
      ],
    ),
    multipleOf: oneOf([1, 0.5], [0, -1]),
    required: oneOf([['a']], [true, [], ['a', 'a']]),
    format: oneOf(['uri', 'ipv4']),
  },
);

const schema: Json = fc.letrec((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: scalarSchema, weight: 6 },
    {
      arbitrary: record({ type: oneOf(['array']) }, { items: tie('schema'), minItems: integer, uniqueItems: boolean }),
      weight: 1,
    },
    {
      arbitrary: record(
        { type: oneOf(['object']) },
        {
          properties: fc.dictionary(
            fc.oneof(
              { arbitrary: fc.constantFrom('a', 'b', 'c d'), weight: 50 },
              { arbitrary: fc.constantFrom('$ref'), weight: 1 },
            ),
            tie('schema'),
            { maxKeys: 2 },
          ),
          required: listOf(oneOf(['a', 'b'])),
          additionalProperties: fc.oneof(boolean, tie('schema')),
          dependencies: oneOf([{ a: ['b'] }, { a: {} }], [{ a: 'b' }]),
        },
      ),
      weight: 1,
    },
    { arbitrary: record({ oneOf: fc.array(tie('schema'), { maxLength: 2 }) }, { not: tie('schema') }), weight: 1 },
    { arbitrary: oneOf([{}], [{ $ref: '#' }, { $schema: 'x' }]), weight: 1 },
  ),
})).schema;

const action = mostly(
  record(
    {},
    {
      description: string,
      params: named(['to', 'compress', 'target-file'], schema),
      required: listOf(oneOf(['to', 'compress'])),
      additionalProperties: boolean,
      parallel: boolean,
      'execution-group': string,
      title: string,
    },
  ),
  fc.constant(null),
);

const option = fc.constantFrom('string', 'int', 'float', 'boolean', 'secret').chain((type) => {
  const defaults: Readonly<Record<string, Json>> = {
    string,
    int: integer,
    float: oneOf([1, 2.5]),
    boolean,
    secret: oneOf(['secret:abc', ''], ['abc', 'secret:']),
  };
  return record({ type: oneOf([type]) }, { default: defaults[type] ?? string, description: string });
});

const storage = record(
  { type: oneOf(['filesystem', 'filesystem', 'block']) },
  {
    description: string,
    location: oneOf(['', '/data']),
    shared: boolean,
    'read-only': boolean,
    'minimum-size': oneOf(
      ['10G', '1.5GiB', '100M', '100', '.5T', '1.G'],
      ['1K', 'G', 10, '10 G', '1.2.3G', '-1G', '1g'],
    ),
    multiple: record({
      range: oneOf([1, 2, '1', '0-', '1+', '2-', '1-3', '0-1'], ['3-1', '0-0', 'many', 0, -1, '0', '01', '0x1', 1.5]),
    }),
    properties: listOf(oneOf(['transient'])),
  },
);

const resource = record(
  { type: oneOf(['file', 'oci-image'], ['image']), filename: oneOf(['a.tgz'], ['a/b', '']) },
  { description: string, 'upstream-source': string },
);

const container = record(
  {},
  {
    resource: oneOf(['image'], ['other']),
    mounts: listOf(record({ storage: oneOf(['data'], ['cache']), location: oneOf(['/srv']) })),
    uid: oneOf([0, 170, 999, 10_000], [1000, 9999]),
    gid: oneOf([0, 584_792]),
    bases: oneOf([[{ name: 'ubuntu', channel: '22.04' }]]),
  },
);

const platform = fc.oneof(
  { arbitrary: fc.constant(null), weight: 10 },
  {
    arbitrary: record({
      'build-on': oneOf(
        [['amd64'], 'amd64', ['amd64', 'arm64']],
        [['all'], [], 'vax', ['amd64', 'amd64'], ['ubuntu@24.04:amd64']],
      ),
      'build-for': oneOf([['amd64'], 'arm64'], ['all', ['amd64', 'arm64'], 'vax']),
    }),
    weight: 1,
  },
);

const feature = oneOf(
  ['k8s-api', 'juju >= 3.6', 'juju<4', 'juju >= 3.6.1', 'juju >= 3.6-beta1'],
  [
    'juju > 3',
    'juju <= 3',
    'Juju',
    'juju >= x',
    'j',
    'juju >= 3.6.1.2.3',
    'juju == 3',
    ' juju ',
    'k8s-',
    'juju >=3.6-1',
  ],
);
const assumes = listOf(
  fc.oneof(
    { arbitrary: feature, weight: 6 },
    { arbitrary: record({ 'any-of': listOf(feature) }), weight: 1 },
    { arbitrary: record({ 'all-of': listOf(feature) }), weight: 1 },
  ),
);
const url = oneOf(
  ['https://example.com/a', 'http://example.com'],
  ['example.com', 'https://', 'ftp://example.com', 'https:/example.com', 'http://a b'],
);

const documents = record(
  {
    name: oneOf(['web', 'web-k8s', 'a1', 'juju-web'], ['Web', 'a--b', 'x'.repeat(41), '1a', 'a-1']),
    type: oneOf(['charm'], ['bundle']),
    summary: oneOf(['A web server', 'yes', 'x'.repeat(200)], ['x'.repeat(201)]),
    description: string,
    base: mostly(
      fc.constantFrom('ubuntu@24.04', 'ubuntu@22.04', 'ubuntu@26.04'),
      fc.constantFrom('ubuntu@23.04', 'ubuntu@25.10', 'almalinux@9'),
    ),
    platforms: mostly(
      fc.dictionary(
        mostly(
          fc.constantFrom('amd64', 'arm64', 's390x'),
          fc.constantFrom('vax', 'all', 'any', 'a/b', 'ubuntu@24.04:amd64'),
        ) as fc.Arbitrary<string>,
        platform,
        { minKeys: 1, maxKeys: 2 },
      ),
      oddity,
    ),
    parts: fc.constant({ charm: { plugin: 'dump', source: 'dist' } }),
  },
  {
    title: oneOf(['Web server'], ['W', 'x'.repeat(41)]),
    links: record(
      {},
      {
        contact: fc.oneof(string, listOf(string)),
        documentation: url,
        issues: fc.oneof(url, listOf(url)),
        source: url,
        website: url,
      },
    ),
    assumes,
    'charm-user': oneOf(['root', 'sudoer', 'non-root'], ['admin']),
    subordinate: oneOf([false], [true]),
    requires: named(['db', 'ingress', 'send_logs'], relation),
    provides: named(['website', 'metrics-endpoint'], relation),
    peers: named(['cluster'], relation),
    storage: named(['data', 'cache'], storage),
    resources: named(['image', 'data-file'], resource),
    actions: named(['backup', 'do-it', '2nd', 'list'], action),
    config: record({ options: named(['port', 'log-level', 'token'], option) }),
    'extra-bindings': named(['admin', 'public'], oneOf([null])),
    devices: named(
      ['gpu'],
      record({ type: oneOf(['gpu', 'nvidia.com/gpu']) }, { description: string, countmin: integer, countmax: integer }),
    ),
    terms: listOf(
      oneOf(
        ['lorem-ipsum', 'owner/lorem-ipsum/2', 'lorem/1'],
        ['x', 'Lorem', 'a/b/c/d', 'cs:lorem', 'cs:own/lorem', 'x:y', 'o@d/lorem', 'lorem/-1', 'a/bb'],
      ),
    ),
  },
);

/** What only charms with containers have, whose parts name each other. */
const sidecars = fc.record({
  storage: fc.constant({ data: { type: 'filesystem' } }),
  resources: fc.constant({ image: { type: 'oci-image' }, 'data-file': { type: 'file', filename: 'a' } }),
  containers: named(['web', 'sidecar'], container),
});

/** Values of the whole file. */
export const charmcraftDocuments: Json = fc.oneof(
  documents,
  fc.tuple(documents, sidecars).map(([document, others]) => ({ ...Object(document), ...others })),
);
