// Shapes that public charms have: none of them is refused, and each has types.

import assert from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { renderTypes } from '../types/render.ts';
import { readProject } from './read.ts';

const charms: Readonly<Record<string, string>> = {
  'a subordinate that watches every charm, for several bases': `
type: charm
name: watcher
subordinate: true
summary: Watches what it is beside.
description: |
  Reads logs and metrics of its principal.
links:
  contact: [Somebody <somebody@example.com>, "#watchers"]
  issues: [https://example.com/issues, https://example.org/issues]
platforms:
  ubuntu@22.04:amd64:
  ubuntu@24.04:arm64:
parts:
  charm: {source: ., plugin: uv, build-snaps: [astral-uv], override-build: "craftctl default\\n"}
requires:
  juju-info: {interface: juju-info, scope: container, description: Any charm.}
  certificates:
    interface: tls-certificates
    limit: 1
    optional: true
    description: |
      Where its certificate comes from.
provides:
  receive-logs: {interface: loki_push_api, optional: true}
peers:
  peers: {interface: watcher_peers}
config:
  options:
    sampling_rate: {type: float, default: 100.0, description: Percent}
    path-exclude: {type: string, default: ""}
    pipelines:
      type: string
      description: |
        Such as

            a: {b: c}
actions:
  reconcile:
    description: >
      Makes everything
      anew.
`,
  'a database with storages, extra bindings and nested assumptions': `
type: charm
name: database
title: A Database
summary: Keeps data
description: Keeps data.
base: ubuntu@24.04
platforms: {amd64: {build-on: [amd64, arm64], build-for: [amd64]}}
parts: {charm: {plugin: nil}}
assumes:
  - juju
  - any-of:
      - all-of: [juju >= 3.4.3, juju < 3.5]
      - all-of: [juju >= 3.5.1, juju < 4]
storage:
  data: {type: filesystem, location: /var/lib/database, minimum-size: 10G, multiple: {range: 1-}}
  wal: {type: block, multiple: {range: 0-2}, properties: [transient]}
extra-bindings:
  admin:
  public:
terms: [example-terms/3]
config:
  options:
    password: {type: secret, description: Of the administrator}
    memory-limit: {type: int}
    profile: {type: string, default: "production"}
    plugin_hstore_enable: {type: boolean, default: no}
actions:
  restore:
    description: From a backup.
    additionalProperties: false
    required: [backup-id]
    params:
      backup-id: {type: string, pattern: "^[0-9]{4}-.*Z$"}
      restore-to-time: {type: string, default: ""}
      nodes: {type: array, items: {type: object, properties: {name: {type: string}}, required: [name]}, minItems: 1}
  pre-upgrade-check:
`,
  'a Kubernetes charm of several containers that share storage, with anchors': `
type: charm
name: gateway-k8s
summary: A gateway
description: Lets traffic in.
base: ubuntu@22.04
platforms: {amd64: , arm64: }
parts: {charm: {plugin: charm, charm-python-packages: [setuptools]}}
charm-libs: [{lib: example.ingress, version: "2"}, {lib: example.tls, version: "1.3"}]
charm-user: non-root
assumes: [k8s-api, juju >= 3.6]
containers:
  gateway: &container
    resource: gateway-image
    mounts: [{storage: shared, location: /srv}]
    uid: 584792
    gid: 584792
  sidecar: {<<: *container, resource: sidecar-image}
resources:
  gateway-image: {type: oci-image, description: The gateway, upstream-source: "docker.io/example/gateway:1.2"}
  sidecar-image: {type: oci-image, auto-fetch: true}
storage:
  shared: {type: filesystem, minimum-size: 1G, description: "*.acme"}
devices:
  accelerator: {type: nvidia.com/gpu, countmin: 1, countmax: 2}
requires:
  ingress: ingress
  plain-http: {interface: http, versions: [v1], schema: {v1: {}}}
provides:
  workload-tracing: {interface: tracing, limit: 0}
actions:
  get-token:
    parallel: true
    execution-group: tokens
    params:
      format: {type: string, enum: [json, "yaml", 1], default: json}
      ttl: {type: [integer, "null"], minimum: 0, exclusiveMinimum: true, default: null}
      options: {type: object, additionalProperties: {type: string}}
      either: {oneOf: [{type: string}, {type: boolean}]}
`,
};

for (const [what, text] of Object.entries(charms)) {
  test(what, async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-shapes-'));
    await writeFile(join(directory.path, 'charmcraft.yaml'), text);
    const { charmcraft, findings } = await readProject(directory.path);
    assert.deepEqual(
      findings.filter(({ rule }) => rule !== 'naming'),
      [],
    );
    assert.match(renderTypes(charmcraft), /export class CharmBase/);
  });
}
