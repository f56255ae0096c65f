// What stands between a browser and its server: passes bytes on, until it is told to behave badly.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const STREAM = 'GET /api/v1/stream';

export class Between {
  /** A proxy that keeps back what is streamed: the page waits for an answer that never comes. */
  swallows = false;
  private broken = false;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async before(base: string): Promise<Between> {
    const between = new Between(createServer());
    const port = Number(new URL(base).port);
    between.server.on('connection', (client) => between.pass(client, port));
    await new Promise<void>((resolve) => between.server.listen(0, '127.0.0.1', resolve));
    return between;
  }

  get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** As when a cable is pulled: what is open breaks, and nothing new comes through. */
  cut(): void {
    this.broken = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.broken = false;
  }

  async end(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(client: Socket, port: number): void {
    if (this.broken) return void client.destroy();
    const server = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => undefined); // its end is what matters
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
    server.on('data', (bytes) => client.write(bytes));
    client.on('data', (bytes) => {
      const asked = bytes.toString('latin1', 0, STREAM.length);
      if (!(this.swallows && asked === STREAM)) server.write(bytes);
    });
  }
}
