import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, rmSync} from 'node:fs';
import {open, rename} from 'node:fs/promises';
import {join} from 'node:path';
import type {Fingerprint} from '../../domain/address.ts';
import type {CheckMemory} from '../../domain/check-memory.ts';
import {eachItem, fromItems, type SnapItem} from '../../domain/snapshot.ts';
import type {NocState} from '../../domain/state.ts';
import {emptyTable, type Table} from '../../domain/table.ts';
import {syncFolder} from '../../runtime/durable-file.ts';

/** Everything that a collector would otherwise have to fold from its whole log. */
export interface Picture {
  readonly state: NocState;
  readonly memory: Table<Fingerprint, CheckMemory>;
}

/** A picture and the place in the log that it was taken at. */
export interface Snapshot extends Picture {
  readonly epoch: string;
  /** Proof of the log at `state.seq`, hexadecimal: a snapshot of another history does not fit. */
  readonly mac: string;
}

/** Of the lines below; a file of another form is passed over and the log is folded instead. */
const FORMAT = 1;
const KEPT = 2;
/** As many as are written out in about a millisecond: nobody waits longer for a snapshot. */
const ITEMS_PER_LINE = 100;
const NAME = /^snapshot-(\d{16})\.jsonl$/;

interface Head {
  readonly format: number;
  readonly epoch: string;
  readonly mac: string;
  readonly seq: number;
  readonly occurrences: number;
}

type Line = {readonly items: readonly SnapItem[]} | {readonly memory: readonly (readonly [Fingerprint, CheckMemory])[]};

function* chunks<T>(values: Iterable<T>): IterableIterator<readonly T[]> {
  let chunk: T[] = [];
  for (const value of values) {
    if (chunk.push(value) < ITEMS_PER_LINE) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function* lines({epoch, mac, state, memory}: Snapshot): IterableIterator<string> {
  const head: Head = {format: FORMAT, epoch, mac, seq: state.seq, occurrences: state.occurrences};
  yield JSON.stringify(head);
  for (const chunk of chunks(eachItem(state))) yield JSON.stringify({items: chunk} satisfies Line);
  for (const chunk of chunks(memory.entries())) yield JSON.stringify({memory: chunk} satisfies Line);
}

function snapshotFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter(name => NAME.test(name))
    .sort()
    .reverse();
}

/**
 * Writes a snapshot a line at a time, so that the collector does its work in between; it appears whole or not at all (security
 * rule 9). The last line is a checksum. Older ones beyond the one before are deleted.
 */
export async function writeSnapshot(folder: string, snapshot: Snapshot): Promise<void> {
  const file = join(folder, `snapshot-${String(snapshot.state.seq).padStart(16, '0')}.jsonl`);
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    const hash = createHash('sha256');
    for (const line of lines(snapshot)) {
      hash.update(line).update('\n');
      await handle.write(`${line}\n`);
    }
    await handle.write(`${hash.digest('hex')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  syncFolder(folder);
  for (const name of snapshotFiles(folder).slice(KEPT)) rmSync(join(folder, name), {force: true});
}

function read(file: string): Snapshot | null {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf('\n', -2) + 1;
  const checksum = bytes.subarray(end, -1).toString();
  if (createHash('sha256').update(bytes.subarray(0, end)).digest('hex') !== checksum) return null;
  let start = bytes.indexOf('\n') + 1;
  const head = JSON.parse(bytes.subarray(0, start).toString()) as Head;
  if (head.format !== FORMAT) return null;
  const all: SnapItem[] = [];
  const memory: (readonly [Fingerprint, CheckMemory])[] = [];
  while (start < end) {
    const stop = bytes.indexOf('\n', start) + 1;
    const line = JSON.parse(bytes.subarray(start, stop).toString()) as Line;
    if ('items' in line) for (const item of line.items) all.push(item);
    else for (const entry of line.memory) memory.push(entry);
    start = stop;
  }
  return {
    epoch: head.epoch,
    mac: head.mac,
    state: fromItems(head.seq, head.occurrences, all),
    memory: emptyTable<Fingerprint, CheckMemory>().with(memory),
  };
}

/** The newest snapshot that is whole and that `fits`; null when there is none, and the log has to be folded from its start. */
export function readSnapshot(folder: string, fits: (snapshot: Snapshot) => boolean): Snapshot | null {
  for (const name of snapshotFiles(folder)) {
    const snapshot = tryRead(join(folder, name));
    if (snapshot !== null && fits(snapshot)) return snapshot;
  }
  return null;
}

function tryRead(file: string): Snapshot | null {
  try {
    return read(file);
  } catch {
    return null;
  }
}
