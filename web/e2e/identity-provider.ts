// An identity provider for tests: npm's oidc-provider, behind a plain door of ours that can put a
// token signed by another key in place of the true one.
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface Registered {
  client: string;
  secret: string;
  ledger: string;
}

const port = (server: Server) => (server.address() as AddressInfo).port;
const listening = (server: Server) =>
  new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

export class IdentityProvider {
  private forging = false;

  private constructor(
    readonly issuer: string,
    private readonly servers: Server[],
    private readonly forger: KeyObject,
  ) {}

  static async begin(registered: Registered): Promise<IdentityProvider> {
    const outer = createServer();
    await listening(outer);
    const issuer = `http://127.0.0.1:${port(outer)}`;
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = {
      ...pair.privateKey.export({ format: 'jwk' }),
      use: 'sig',
      alg: 'RS256',
      kid: 'k',
    };
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: registered.client,
          client_secret: registered.secret,
          redirect_uris: [`${registered.ledger}/api/v1/session/identity-provider/back`],
          response_types: ['code'],
          grant_types: ['authorization_code'],
        },
      ],
      jwks: { keys: [key] } as never,
      pkce: { required: () => true, methods: ['S256'] },
      cookies: { keys: ['only for tests'] },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    });
    const inner = createServer(provider.callback());
    await listening(inner);
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const made = new IdentityProvider(issuer, [outer, inner], other);
    outer.on('request', (asked, answer) => {
      const onward = request(
        {
          port: port(inner),
          host: '127.0.0.1',
          path: asked.url,
          method: asked.method,
          headers: asked.headers,
        },
        (told) => {
          const parts: Buffer[] = [];
          told.on('data', (part: Buffer) => parts.push(part));
          told.on('end', () => {
            const body = made.perhapsForged(asked.url ?? '', Buffer.concat(parts));
            const headers = { ...told.headers };
            delete headers['transfer-encoding'];
            answer.writeHead(told.statusCode ?? 500, { ...headers, 'content-length': body.length });
            answer.end(body);
          });
        },
      );
      asked.pipe(onward);
    });
    return made;
  }

  signWithAnotherKey(yes: boolean): void {
    this.forging = yes;
  }

  async end(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  /** The same claims under the same key's name, signed by a key that is not published. */
  private perhapsForged(path: string, body: Buffer): Buffer {
    if (!this.forging || path !== '/token') return body;
    const told = JSON.parse(body.toString()) as { id_token: string };
    const [head, claims] = told.id_token.split('.');
    const signature = sign('sha256', Buffer.from(`${head}.${claims}`), this.forger);
    told.id_token = `${head}.${claims}.${signature.toString('base64url')}`;
    return Buffer.from(JSON.stringify(told));
  }
}
