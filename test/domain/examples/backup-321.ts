import {restoreTestState} from '../../../src/domain/backup/restore-test.ts';
import {type BackupCopy, judge321} from '../../../src/domain/backup/rule-321.ts';
import {parseDate} from '../../../src/domain/local-time/civil-date.ts';
import {localDay, timeZone} from '../../../src/domain/local-time/zone.ts';
import {HOUR} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';
import {instant, instantOrNull} from './shapes.ts';

interface Place {
  readonly deviceId: string;
  readonly media: string;
  readonly siteId: string;
}

interface Copy extends Place {
  readonly id: string;
  readonly lastGoodAt: string | null;
  readonly maxAgeHours: number;
  readonly verifyOk?: boolean | null;
  readonly lastVerifyAt?: string | null;
  readonly immutable?: boolean;
  readonly offline?: boolean;
}

interface Input {
  readonly now: string;
  readonly production: Place;
  readonly copies: readonly Copy[];
  readonly lastRestoreTest?: {readonly date: string; readonly ok: boolean} | null;
}

function toCopy(copy: Copy): BackupCopy {
  return {
    id: copy.id,
    device: copy.deviceId,
    media: copy.media,
    site: copy.siteId,
    lastGoodAt: instantOrNull(copy.lastGoodAt),
    maxAge: copy.maxAgeHours * HOUR,
    verifyOk: copy.verifyOk ?? null,
    lastVerifyAt: instantOrNull(copy.lastVerifyAt),
    isImmutable: copy.immutable ?? false,
    isOffline: copy.offline ?? false,
  };
}

export const backup321: ExampleRunner = ({input}) => {
  const {now, production, copies, lastRestoreTest} = input as unknown as Input;
  const testedOn = lastRestoreTest === undefined || lastRestoreTest === null ? null : parseDate(lastRestoreTest.date);
  const hasPassed = lastRestoreTest?.ok === true;
  const today = localDay(timeZone('Europe/Berlin'), instant(now));
  const {state} = restoreTestState(hasPassed ? testedOn : null, hasPassed ? null : testedOn, today);
  const place = {device: production.deviceId, media: production.media, site: production.siteId};
  return judge321(place, copies.map(toCopy), state, instant(now));
};
