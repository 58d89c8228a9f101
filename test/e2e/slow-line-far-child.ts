import {alertStorm} from '../support/alert-storm.ts';
import {bundle, CollectorProcess} from '../support/collector-process.ts';
import {homeIn} from '../support/home.ts';
import {spawnOnPty} from '../support/pty.ts';
import {listenOn, relay} from '../support/relay.ts';
import {FAR} from '../support/slow-line.ts';

// The far end of the slow line: a collector in a storm of alerts. Says where it is to be reached, then a dot for each delivery; leaves
// with its standard input.

const [what = '', perSecond = '', columns = '', rows = ''] = process.argv.slice(2);
const HOSTS = 60;

const collector = await CollectorProcess.start();
const token = await collector.token('technician');
const ingest = await collector.token('ingest');
const env = {
  NOCTURNE_URL: collector.url,
  NOCTURNE_TOKEN: token,
  ...homeIn(collector.folder.path),
};

/** As over SSH: a console beside the collector for everybody who comes, its terminal at the other end. */
function consoles(): Promise<number> {
  return listenOn(FAR, socket => {
    const child = spawnOnPty([process.execPath, bundle, 'console', '--lang', 'en'], {
      columns: Number(columns),
      rows: Number(rows),
      env,
    });
    if (child.stdout === null || child.stdin === null) throw new Error('no pipe');
    child.stdin.on('error', () => {});
    child.stdout.pipe(socket).pipe(child.stdin);
    socket.on('close', () => child.kill());
  });
}

const port = what === 'terminal' ? await consoles() : await relay(FAR, {host: '127.0.0.1', port: collector.port});
process.stdout.write(`${JSON.stringify({port, token})}\n`);
const storm = alertStorm({
  url: collector.http,
  token: ingest,
  hosts: HOSTS,
  perSecond: Number(perSecond),
  onTaken: () => void process.stdout.write('.'),
});
process.stdin.resume().on('end', async () => {
  await storm[Symbol.asyncDispose]();
  await collector[Symbol.asyncDispose]();
  process.exit(0);
});
