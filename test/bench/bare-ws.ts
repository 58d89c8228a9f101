import {WebSocketServer} from 'ws';

/** The peer of the fan-out bench: whatever the parent says goes to everybody, and nothing else happens. */
const server = new WebSocketServer({host: '127.0.0.1', port: 0, perMessageDeflate: false}, () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.on('message', (bytes: string) => {
  const frame = Buffer.from(bytes);
  for (const client of server.clients) client.send(frame, {binary: false});
});
