// A Charmhub on a loopback port that takes everything: enough of its API for charmcraft to upload and release.

import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

export class Charmhub implements AsyncDisposable {
  /** What was asked to be changed: method, path and body. */
  readonly changes: (readonly [request: string, body: unknown])[] = [];
  /** What it has against the next uploads. */
  errors: readonly { readonly code: string; readonly message: string }[] = [];
  readonly #server: Server;
  #revision = 13;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then((answer) => {
        response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer ?? { 'error-list': [{ code: 'not-found', message: 'not found' }] }));
      });
    });
  }

  static async start(): Promise<Charmhub> {
    const charmhub = new Charmhub();
    await new Promise<void>((resolve) => charmhub.#server.listen(0, '127.0.0.1', resolve));
    return charmhub;
  }

  get url(): string {
    const address = this.#server.address();
    return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  }

  async #answer(request: IncomingMessage): Promise<object | undefined> {
    const { method, url = '' } = request;
    const body = await text(request);
    if (url === '/unscanned-upload/') return { successful: true, upload_id: 'an-upload' };
    if (url === '/v1/charm/libraries/bulk') return { libraries: [] };
    if (method === 'POST') this.changes.push([`${method} ${url}`, JSON.parse(body)]);
    if (url.endsWith('/whoami')) return { account: { id: '1', username: 'ada' } };
    if (url === '/v1/charm') return { id: '1' };
    if (method === 'POST' && url.endsWith('/revisions')) return { 'status-url': '/v1/charm/uploads/an-upload' };
    if (url.startsWith('/v1/charm/uploads/')) return { revisions: [this.#review()] };
    if (method === 'POST' && url.endsWith('/releases')) return { released: [] };
    return undefined;
  }

  #review(): object {
    if (this.errors.length > 0) return { status: 'rejected', revision: null, errors: this.errors };
    this.#revision += 1;
    return { status: 'approved', revision: this.#revision, errors: null };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
