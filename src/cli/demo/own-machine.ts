import {existsSync} from 'node:fs';
import {connect} from 'node:net';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {Fault} from '../../domain/fault.ts';
import type {Random} from '../../runtime/outside.ts';
import type {OwnMachine} from './demo-config.ts';

/** Where plugins are looked for, as the collector's own default has it. */
const PLUGIN_FOLDERS = ['/usr/lib/nagios/plugins', '/usr/lib64/nagios/plugins', '/usr/lib/monitoring-plugins'];
const PLUGINS = ['check_disk', 'check_load', 'check_procs'];
const NODE_EXPORTER_PORT = 9100;
/** Below what Linux (from 32768) and others (from 49152) hand out to whoever wants any port. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;
const MOST_TRIES = 50;

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

/**
 * A port of loopback on which nobody listens now, and which the kernel gives to nobody until the collector has it.
 *
 * @throws {Fault} `DEMO_COLLECTOR` when it finds none.
 */
export async function freePort(random: Random): Promise<number> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const port = FIRST_PORT + Math.floor(random.next() * PORTS);
    if (!(await isListening(port))) return port;
  }
  throw new Fault('DEMO_COLLECTOR', 'no port is free for the collector of the demo', {reason: 'port', words: ''});
}
