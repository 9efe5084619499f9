// What the metadata of a charm allows in its tests.

import { CharmBase, type Framework } from '@charmed/ops';
import { Container, Context, PeerRelation, Relation, State, Storage, StoredState } from './index.ts';

const meta = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  peers: { peers: { interface: 'web-peers' } },
  containers: { web: {} },
  storage: { data: { type: 'filesystem' } },
  config: { options: { port: { type: 'int', default: 8080 }, debug: { type: 'boolean' } } },
  actions: { backup: { params: { level: { type: 'integer' } }, required: ['level'] } },
} as const;

class WebCharm extends CharmBase<typeof meta> {
  static readonly meta: typeof meta = meta;
  readonly port = 80;
}

class UntypedCharm extends CharmBase {
  constructor(framework: Framework, readonly_ = 1) {
    super(framework);
    void readonly_;
  }
}

const ctx = new Context(WebCharm);
const db = new Relation('db');

ctx.on.relationChanged(db);
ctx.on.relationChanged(new PeerRelation('peers'), { remoteUnit: null });
// @ts-expect-error: no such endpoint
ctx.on.relationChanged(new Relation('cache'));
ctx.on.pebbleReady(new Container('web'));
// @ts-expect-error: no such container
ctx.on.pebbleReady(new Container('sidecar'));
// @ts-expect-error: no such storage
ctx.on.storageAttached(new Storage('cache'));
ctx.on.action('backup', { params: { level: 1 } });
// @ts-expect-error: no such action
ctx.on.action('restore');
// @ts-expect-error: the level is a number
ctx.on.action('backup', { params: { level: 'all' } });

const state = await ctx.run(ctx.on.start(), new State({ leader: true, config: { port: 1 }, relations: [db] }));
state.config.port satisfies number | undefined;
// @ts-expect-error: no such option
void state.config.title;
state.container('web') satisfies Container;
// @ts-expect-error: no such container
state.container('sidecar');
state.with({ config: { debug: true } });
// @ts-expect-error: it is a flag
state.with({ config: { debug: 'yes' } });
state.relation(db) satisfies Relation<'db'>;
db.with({ remoteAppData: { a: 'b' } }) satisfies Relation<'db'>;
// @ts-expect-error: values are strings
db.with({ remoteAppData: { a: 1 } });
// @ts-expect-error: states are frozen
state.leader = true;

void new State<typeof meta>({ containers: [new Container('web')] });
// @ts-expect-error: no such container
void new State<typeof meta>({ containers: [new Container('sidecar')] });

const stored = new StoredState('stored', { content: { starts: 1 } });
state.storedState(stored).content.starts satisfies number;

const manager = await ctx.manager(ctx.on.start(), state);
manager.charm.port satisfies number;

const loose = new Context(UntypedCharm, { meta });
loose.on.relationChanged(new Relation('anything'));
loose.on.action('anything', { params: { any: 1 } });
await loose.run(loose.on.start(), new State({ config: { anything: 1 } }));
