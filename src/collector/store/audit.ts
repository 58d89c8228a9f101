import {hmacSha256} from '../hmac.ts';
import {readKeys} from '../keys.ts';
import {type Anchor, readAnchor} from './anchor.ts';
import {openForReading} from './database.ts';
import {LogReader} from './log-reader.ts';
import {CHAIN_START, chainMac} from './log-row.ts';

/** What looking through the log found. */
export type AuditResult =
  | {readonly type: 'sound'; readonly seq: number; readonly mac: string}
  /** `edited`: the line is not what was written; `missing`: lines before it are gone, or moved; `truncated`: the end is gone. */
  | {readonly type: 'broken'; readonly what: 'edited' | 'missing' | 'truncated'; readonly seq: number};

/** A proof of the log up to a line, kept elsewhere. */
export type AuditAnchor = Pick<Anchor, 'seq' | 'mac'>;

/**
 * Proves every line of a data folder's log against its chain, also while a collector writes to it (security rule 52).
 *
 * @param anchor - A proof that was kept elsewhere, such as in the system's log: only that finds a log whose end was cut off.
 * Without one the folder's own is taken.
 * @throws {Fault} `KEYS` when the folder's keys are missing or damaged.
 */
export function verifyAudit(folder: string, anchor: AuditAnchor | null = readAnchor(folder)): AuditResult {
  const mac = hmacSha256(readKeys(folder).audit);
  const log = new LogReader(openForReading(folder));
  try {
    let previous: Uint8Array = CHAIN_START;
    let seq = 0;
    for (const row of log.allAfter(Number.MIN_SAFE_INTEGER)) {
      seq++;
      if (row.seq !== seq) return {type: 'broken', what: 'missing', seq: row.seq};
      if (!chainMac(mac, previous, row).equals(row.mac)) return {type: 'broken', what: 'edited', seq};
      if (anchor?.seq === seq && Buffer.from(row.mac).toString('hex') !== anchor.mac) {
        return {type: 'broken', what: 'edited', seq};
      }
      previous = row.mac;
    }
    if (anchor !== null && anchor.seq > seq) return {type: 'broken', what: 'truncated', seq};
    return {type: 'sound', seq, mac: Buffer.from(previous).toString('hex')};
  } finally {
    log.close();
  }
}
