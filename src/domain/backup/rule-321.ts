import {DAY, type DurationMs, type Instant} from '../time.ts';
import type {RestoreTestState} from './restore-test.ts';

/** Where the data itself lives. */
export interface Production {
  readonly device: string;
  /** Class of the medium: `primary`, `nas`, `tape`, `cloud`, … */
  readonly media: string;
  readonly site: string;
}

/** One configured copy and what is known of it. */
export interface BackupCopy extends Production {
  readonly id: string;
  readonly lastGoodAt: Instant | null;
  readonly maxAge: DurationMs;
  /** Outcome of the last verification; null was never verified. */
  readonly verifyOk: boolean | null;
  readonly lastVerifyAt: Instant | null;
  readonly isImmutable: boolean;
  readonly isOffline: boolean;
}

/** The parts of 3-2-1-1-0, in the order in which what is missing is told. */
export type RulePart = 'copies' | 'media' | 'offsite' | 'immutable' | 'zeroErrors';

/** How an object stands towards 3-2-1 and 3-2-1-1-0. */
export interface RuleVerdict {
  /** Production and the devices with a valid copy. */
  readonly copies: number;
  /** Classes of media, production's included. */
  readonly media: number;
  /** Devices with a valid copy at another site. */
  readonly offsite: number;
  /** Valid copies that nobody can change or reach. */
  readonly immutable: number;
  readonly zeroErrors: boolean;
  readonly rule321: boolean;
  readonly rule32110: boolean;
  readonly missing: readonly RulePart[];
}

/** A copy is verified anew within this time, or it is not known to be good. Source: BK-5. */
export const VERIFY_EVERY: DurationMs = 31 * DAY;

/**
 * Whether a copy counts: young enough, not found broken, and not on the device that it protects from. Source: BK-4.
 */
export function isValidCopy(copy: BackupCopy, production: Production, now: Instant): boolean {
  const isYoung = copy.lastGoodAt !== null && now - copy.lastGoodAt <= copy.maxAge;
  return isYoung && copy.verifyOk !== false && copy.device !== production.device;
}

/** Whether it was read back and found sound, lately enough. Source: BK-5. */
export function isVerified(copy: BackupCopy, now: Instant): boolean {
  return copy.verifyOk === true && copy.lastVerifyAt !== null && now - copy.lastVerifyAt <= VERIFY_EVERY;
}

/**
 * Judges 3-2-1 (three copies counting production, on two media, one elsewhere) and 3-2-1-1-0 (one immutable or offline, no
 * errors) from what is on record. Two jobs to one device are one copy, a snapshot on the production array is none.
 *
 * No errors means that **every** configured copy is valid and verified within 31 days, and that the last restore test passed
 * and is not overdue.
 *
 * Source: BK-4, BK-5.
 */
export function judge321(
  production: Production,
  copies: readonly BackupCopy[],
  restoreTest: RestoreTestState['state'],
  now: Instant,
): RuleVerdict {
  const valid = copies.filter(copy => isValidCopy(copy, production, now));
  const devices = new Set(valid.map(({device}) => device));
  const media = new Set([production.media, ...valid.map(copy => copy.media)]);
  const offsite = new Set(valid.filter(({site}) => site !== production.site).map(({device}) => device));
  const immutable = valid.filter(({isImmutable, isOffline}) => isImmutable || isOffline).length;
  const isTested = restoreTest === 'ok' || restoreTest === 'dueSoon';
  const zeroErrors = isTested && valid.length === copies.length && copies.every(copy => isVerified(copy, now));
  const parts: Readonly<Record<RulePart, boolean>> = {
    copies: 1 + devices.size >= 3,
    media: media.size >= 2,
    offsite: offsite.size >= 1,
    immutable: immutable >= 1,
    zeroErrors,
  };
  const missing = (Object.keys(parts) as RulePart[]).filter(part => !parts[part]);
  return {
    copies: 1 + devices.size,
    media: media.size,
    offsite: offsite.size,
    immutable,
    zeroErrors,
    rule321: parts.copies && parts.media && parts.offsite,
    rule32110: missing.length === 0,
    missing,
  };
}
