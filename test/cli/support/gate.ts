import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

/** An address that leads to a port of this machine while it is open, and hangs up otherwise. */
export interface Gate extends AsyncDisposable {
  readonly url: string;
  isOpen: boolean;
}

export async function openGate(port: number): Promise<Gate> {
  const sockets = new Set<Socket>();
  const server = createServer(inner => {
    sockets.add(inner);
    inner.on('error', () => {});
    if (!gate.isOpen) {
      inner.destroy();
      return;
    }
    const outer = connect(port, '127.0.0.1');
    sockets.add(outer);
    outer.on('error', () => inner.destroy());
    inner.pipe(outer).pipe(inner);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const gate: Gate = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    isOpen: true,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
  return gate;
}
