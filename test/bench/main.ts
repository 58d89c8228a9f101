import {cpus} from 'node:os';
import {benchAck} from './ack.ts';
import {benchBackup} from './backup.ts';
import {benchFanout} from './fanout.ts';
import {benchIdle} from './idle.ts';
import {benchIngest} from './ingest.ts';
import {benchFirstPaint, benchKeyToPaint} from './key-to-paint.ts';
import {benchMemory} from './memory.ts';
import {benchSla} from './sla.ts';
import {benchStart} from './start.ts';
import {benchTerminal} from './terminal.ts';
import {benchWall} from './wall.ts';

/** Name in the report → what measures it. `npm run bench -- NAME` runs one. */
const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  ingest: benchIngest,
  fanout: benchFanout,
  ack: benchAck,
  start: benchStart,
  memory: benchMemory,
  firstPaint: benchFirstPaint,
  keyToPaint: benchKeyToPaint,
  terminal: benchTerminal,
  idle: benchIdle,
  sla: benchSla,
  backup: benchBackup,
  wall: () => benchWall(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  process.stderr.write(`no such bench: ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}
const report: Record<string, unknown> = {
  machine: {cores: cpus().length, node: process.versions.node, at: new Date().toISOString()},
};
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`bench ${name} …\n`);
  report[name] = await run();
}
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exit(0);
