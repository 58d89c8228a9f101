import {join} from 'node:path';
import {readIfThere, writeDurably} from '../../runtime/durable-file.ts';
import type {ChainHead, LogReader} from './log-reader.ts';

/** Proof of the log at one moment, kept beside it and printed to the system's log (security rule 52). */
export interface Anchor {
  readonly epoch: string;
  readonly seq: number;
  /** Hexadecimal. */
  readonly mac: string;
}

const FILE = 'anchor';

export function anchorOf(epoch: string, head: ChainHead): Anchor {
  return {epoch, seq: head.seq, mac: Buffer.from(head.mac).toString('hex')};
}

export function writeAnchor(folder: string, anchor: Anchor): void {
  writeDurably(join(folder, FILE), `${JSON.stringify(anchor)}\n`);
}

/** null when there is none, or nothing that can be read as one. */
export function readAnchor(folder: string): Anchor | null {
  try {
    return JSON.parse(readIfThere(join(folder, FILE)) ?? 'null') as Anchor | null;
  } catch {
    return null;
  }
}

/**
 * Whether the log still holds what the anchor proves. It does not after the database was put back from an older copy: numbers
 * will then be given a second time, so the history needs a new name.
 */
export function holds(anchor: Anchor, epoch: string, log: LogReader): boolean {
  const mac = log.macAt(anchor.seq);
  return anchor.epoch !== epoch || (mac !== null && Buffer.from(mac).toString('hex') === anchor.mac);
}
