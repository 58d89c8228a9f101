import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';

/**
 * Takes connections and hands each to `open`, as the end of an SSH tunnel does.
 *
 * @returns Its port.
 */
export async function listenOn(host: string, open: (socket: Socket) => void): Promise<number> {
  const server = createServer(socket => {
    socket.setNoDelay(true).on('error', () => {});
    open(socket);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Passes every connection on to another port: what one side says the other hears, and nobody keeps more than a little of it. */
export function relay(host: string, to: {readonly host: string; readonly port: number}): Promise<number> {
  return listenOn(host, socket => {
    const onward = connect(to.port, to.host).setNoDelay(true);
    onward.on('error', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
}
