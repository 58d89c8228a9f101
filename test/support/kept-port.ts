import {readFileSync} from 'node:fs';
import {createServer} from 'node:net';

const LEAST = 1024;

/** The first of the ports that the kernel hands out to whoever wants any. */
function firstHandedOut(): number {
  return Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s+/)[0]);
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * A port of loopback for a server that goes away and comes back to it: one that the kernel gives to nobody meanwhile, who asked for
 * any or connects to somewhere. 0, any port, on a machine where there is none.
 */
export async function keptPort(): Promise<number> {
  const room = firstHandedOut() - LEAST;
  for (let attempt = 0; attempt < 20 && room > 0; attempt++) {
    const port = LEAST + Math.floor(Math.random() * room);
    if (await isFree(port)) return port;
  }
  return 0;
}
