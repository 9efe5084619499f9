// Secrets of its own: added, granted, changed, rotated, revoked and removed. And one of another application, which it follows.

import {
  ActiveStatus,
  CharmBase,
  main,
  SecretNotFoundError,
  WaitingStatus,
  type Framework,
  type RelationChangedEvent,
  type RelationCreatedEvent,
  type SecretChangedEvent,
  type SecretRemoveEvent,
} from '@charmed/ops';
import type { META } from './meta.ts';

class SecretsCharm extends CharmBase<typeof META> {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('db').created, this.#onCreated);
    this.observe(this.on.relation('db').changed, this.#onChanged);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.secretChanged, this.#onSecretChanged);
    this.observe(this.on.secretRemove, this.#onSecretRemove);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
  }

  async #onCreated({ relation }: RelationCreatedEvent): Promise<void> {
    const content = { user: 'web', 'pass-word': 'first\nline' };
    const login = await this.app.addSecret(content, { label: 'login', description: 'how to log in', rotate: 'daily' });
    await login.grant(relation);
    await relation.data(this.app).set('login', login.uniqueIdentifier);
    const token = await this.unit.addSecret({ token: 't'.repeat(100) });
    await relation.data(this.unit).set('token', token.uniqueIdentifier);
    await token.setInfo({ label: 'token' });
  }

  async #onConfigChanged(): Promise<void> {
    const { port } = await this.config();
    const login = await this.model.secret({ label: 'login' });
    const before = await login.getContent();
    await login.setContent({ user: 'web', 'pass-word': `for ${port}` });
    await login.setInfo({ description: `for ${port}`, rotate: 'never' });
    const { label } = await login.getInfo();
    await this.unit.setStatus(new ActiveStatus(`${before['pass-word']} then ${port} ${label}`));
  }

  async #onChanged({ app, relation }: RelationChangedEvent): Promise<void> {
    const id = await relation.data(app).get('secret');
    if (!id) return;
    const secret = await this.model.secret({ id, label: 'theirs' });
    await this.unit.setStatus(new ActiveStatus(`got ${(await secret.getContent())['key']}`));
  }

  async #onSecretChanged({ secret }: SecretChangedEvent): Promise<void> {
    const { key: tracked = 'ours' } = await secret.getContent();
    const { key: latest = 'ours' } = await secret.peekContent();
    const { key: fresh = 'ours' } = await secret.getContent({ refresh: true });
    await this.unit.setStatus(new ActiveStatus(`${secret.label}: ${tracked} ${latest} ${fresh}`));
  }

  async #onSecretRemove(event: SecretRemoveEvent): Promise<void> {
    await event.secret.removeRevision(event.revision);
  }

  async #onUpdateStatus(): Promise<void> {
    try {
      await this.model.secret({ label: "nobody's" });
    } catch (error) {
      if (!(error instanceof SecretNotFoundError)) throw error;
      await this.unit.setStatus(new WaitingStatus('not found'));
    }
    const relation = await this.model.relation('db');
    if (!relation) throw new Error('the test relates db');
    const login = await this.model.secret({ label: 'login' });
    await login.revoke(relation);
    await (await this.model.secret({ label: 'token' })).removeAllRevisions();
  }
}

if (import.meta.main) await main(SecretsCharm);
