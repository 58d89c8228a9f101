import {connect, createServer, type Server, type Socket} from 'node:net';

/** A line to `port` that is cut after a given number of bytes, either way, in the middle of whatever they were. */
export class CuttingProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** How often the line was cut. */
  cuts = 0;
  port = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param nextCut - Bytes until the next cut of a new line; null never cuts it. */
  static async open(port: number, nextCut: () => number | null): Promise<CuttingProxy> {
    const server = createServer();
    const proxy = new CuttingProxy(server);
    server.on('connection', near => proxy.#join(near, connect(port, '127.0.0.1'), nextCut()));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    proxy.port = typeof address === 'object' && address !== null ? address.port : 0;
    return proxy;
  }

  #join(near: Socket, far: Socket, limit: number | null): void {
    let left = limit ?? Number.POSITIVE_INFINITY;
    const end = () => {
      near.destroy();
      far.destroy();
      this.#sockets.delete(near);
      this.#sockets.delete(far);
    };
    const pass = (to: Socket) => (chunk: Buffer) => {
      if (to.destroyed) return;
      to.write(chunk.length <= left ? chunk : chunk.subarray(0, left));
      left -= chunk.length;
      if (left > 0) return;
      this.cuts += 1;
      end();
    };
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', pass(to));
      from.on('error', end);
      from.on('close', end);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>(resolve => this.#server.close(() => resolve()));
  }
}
