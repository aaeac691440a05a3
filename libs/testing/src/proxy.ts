import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** How a proxy treats what passes through it. */
export type Weather = 'fair' | 'slow' | 'silent' | 'closed';

/**
 * Stands between clients and a server on the loopback interface, and makes the network bad on order.
 * - `fair` passes everything on, `slow` passes it on after a delay.
 * - `silent` keeps connections open and swallows what is sent, both ways: a cable that was pulled.
 * - `closed` refuses whoever comes.
 */
export class Proxy {
  readonly #server: Server;
  readonly #pairs = new Set<{ readonly client: Socket; readonly server: Socket }>();
  #targetPort: number;
  #weather: Weather = 'fair';
  #delayMs = 0;

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
    // Kafka's clients write a frame in pieces; a half-closed side must stay half-closed.
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#accept(client));
  }

  static async start(targetPort: number): Promise<Proxy> {
    const proxy = new Proxy(targetPort);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Sends new connections elsewhere: to a server that came back under another port. */
  retarget(port: number): void {
    this.#targetPort = port;
  }

  /** @param delayMs of each piece that passes, for `slow` */
  weather(weather: Weather, delayMs = 0): void {
    this.#weather = weather;
    this.#delayMs = weather === 'slow' ? delayMs : 0;
    if (weather === 'closed') this.cut();
  }

  /** Breaks all connections at once, as a crash does. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** Ends the server's side of each connection towards its client, which may go on writing. */
  halfClose(): void {
    for (const { client, server } of this.#pairs) {
      server.unpipe();
      client.end();
    }
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(client: Socket): void {
    if (this.#weather === 'closed') {
      client.resetAndDestroy();
      return;
    }
    const server = createConnection({ host: '127.0.0.1', port: this.#targetPort, allowHalfOpen: true });
    const pair = { client, server };
    this.#pairs.add(pair);
    const end = (): void => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    this.#pass(client, server);
    this.#pass(server, client);
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
  }

  // A delay keeps the order: each piece leaves no earlier than the one before it.
  #pass(from: Socket, to: Socket): void {
    let leaving = Promise.resolve();
    from.on('data', (piece) => {
      if (this.#weather === 'silent') return;
      const delayMs = this.#delayMs;
      if (delayMs === 0) {
        void leaving.then(() => to.write(piece));
        return;
      }
      leaving = leaving
        .then(() => new Promise<void>((resolve) => setTimeout(resolve, delayMs)))
        .then(() => void to.write(piece));
    });
    from.on('end', () => void leaving.then(() => to.end()));
  }
}
