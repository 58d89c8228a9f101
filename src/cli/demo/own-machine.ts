import {existsSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import {hostname} from 'node:os';
import {join} from 'node:path';
import type {OwnMachine} from './demo-config.ts';

/** Where plugins are looked for, as the collector's own default has it. */
const PLUGIN_FOLDERS = ['/usr/lib/nagios/plugins', '/usr/lib64/nagios/plugins', '/usr/lib/monitoring-plugins'];
const PLUGINS = ['check_disk', 'check_load', 'check_procs'];
const NODE_EXPORTER_PORT = 9100;

/** Does somebody listen there? Loopback answers at once. */
function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({host: '127.0.0.1', port});
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** What there is to watch on this machine. */
export async function lookAround(): Promise<OwnMachine> {
  const hasExporter = await isListening(NODE_EXPORTER_PORT);
  return {
    hostname: hostname(),
    plugins: PLUGINS.filter(name => PLUGIN_FOLDERS.some(folder => existsSync(join(folder, name)))),
    exporterUrl: hasExporter ? `http://127.0.0.1:${NODE_EXPORTER_PORT}/metrics` : null,
    isRoot: process.getuid?.() === 0,
  };
}

/** A port of loopback on which nobody listens now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
