import {Fault} from '../../domain/fault.ts';
import type {Zone} from '../../domain/local-time/zone.ts';
import {type Instant, SECOND} from '../../domain/time.ts';
import {localInstant} from './borg.ts';
import {countOf, type Fields, fieldsOf, instantOf, isFields, listOf, textOf} from './fields.ts';
import type {BackupFormat} from './tool-facts.ts';

/** One recovery point as a tool lists it. */
export interface ToldPoint {
  readonly at: Instant;
  /** Not a checkpoint of a run that broke off, and not found damaged. */
  readonly isGood: boolean;
}

/** What a tool says of a repository. Its texts are hostile still. */
export interface ToldRepository {
  /** As the tool names it; null where it does not. */
  readonly object: string | null;
  /** null: it lists none. */
  readonly points: readonly ToldPoint[] | null;
  readonly usedBytes: number | null;
  readonly totalBytes: number | null;
}

/** More points than this of one repository are none that somebody keeps. */
export const MOST_POINTS = 5000;

const GIB = 1024 ** 3;
/** What borg leaves when a run breaks off. */
const CHECKPOINT = /\.checkpoint(?:\.\d+)?$/;

function pointsOf(items: readonly Fields[], read: (item: Fields) => ToldPoint | null): readonly ToldPoint[] {
  return items.flatMap(item => read(item) ?? []).slice(-MOST_POINTS);
}

function usage(object: string | null, usedBytes: number | null, totalBytes: number | null): ToldRepository {
  return {object, points: null, usedBytes, totalBytes};
}

/** `snapshots --json`: an array. Times may have nanoseconds. */
function ofRestic(items: readonly Fields[]): readonly ToldRepository[] {
  const points = pointsOf(items, item => {
    const at = instantOf(item.time);
    return at === null ? null : {at, isGood: true};
  });
  return [{object: null, points, usedBytes: null, totalBytes: null}];
}

/** `list --json`: `archives[]`, in local time. */
function ofBorg(document: unknown, zone: Zone): readonly ToldRepository[] {
  const archives = isFields(document) ? listOf(document, 'archives') : null;
  if (archives === null) throw new Fault('BACKUP_OUTPUT', 'the output of borg list --json wanted');
  const points = pointsOf(archives.filter(isFields), item => {
    const at = localInstant(item.start ?? item.time, zone);
    return at === null ? null : {at, isGood: !CHECKPOINT.test(textOf(item, 'name') ?? '')};
  });
  return [{object: null, points, usedBytes: null, totalBytes: null}];
}

/** Snapshots, one repository an object; or `datastore-usage`, one a datastore. */
function ofPbs(items: readonly Fields[]): readonly ToldRepository[] {
  const byObject = new Map<string, ToldPoint[]>();
  const stores: ToldRepository[] = [];
  for (const item of items) {
    const store = textOf(item, 'store');
    const seconds = countOf(item, 'backup-time');
    if (store !== null && countOf(item, 'total') !== null) {
      stores.push(usage(store, countOf(item, 'used'), countOf(item, 'total')));
    } else if (seconds !== null) {
      const object = `${textOf(item, 'backup-type') ?? ''}/${textOf(item, 'backup-id') ?? ''}`;
      const isBad = textOf(fieldsOf(item, 'verification') ?? {}, 'state') === 'failed';
      const points = byObject.get(object) ?? [];
      points.push({at: seconds * SECOND, isGood: !isBad});
      byObject.set(object, points);
    }
  }
  const lists = [...byObject].map(([object, points]) => ({
    object,
    points: points.slice(-MOST_POINTS),
    usedBytes: null,
    totalBytes: null,
  }));
  return [...lists, ...stores];
}

/** `backupInfrastructure/repositories/states`. */
function ofVeeam(items: readonly Fields[]): readonly ToldRepository[] {
  return items.map(item => {
    const [capacity, free] = [countOf(item, 'capacityGB'), countOf(item, 'freeGB')];
    const used = capacity === null || free === null ? null : Math.max(0, capacity - free) * GIB;
    return usage(textOf(item, 'name'), used, capacity === null ? null : capacity * GIB);
  });
}

/** `{points: [{at, good}], usedBytes, totalBytes}`, as a script writes it. */
function ofGeneric(items: readonly Fields[]): readonly ToldRepository[] {
  return items.map(item => {
    const listed = listOf(item, 'points');
    const points =
      listed === null
        ? null
        : pointsOf(listed.filter(isFields), point => {
            const at = instantOf(point.at);
            return at === null ? null : {at, isGood: point.good !== false};
          });
    return {...usage(textOf(item, 'object'), countOf(item, 'usedBytes'), countOf(item, 'totalBytes')), points};
  });
}

/**
 * What a tool says of its repository: recovery points, how full it is, or both, one for each object or repository that it names.
 * What it does not say stays unknown.
 *
 * @param zone - Of the client: borg's times have none.
 * @throws {Fault} `BACKUP_OUTPUT` when nothing of it is said.
 *
 * Source: BK-8, BK-10; integrations/backup-*.md.
 */
export function readRepository(format: BackupFormat, document: unknown, zone: Zone): readonly ToldRepository[] {
  const data = isFields(document) ? (listOf(document, 'data') ?? [document]) : Array.isArray(document) ? document : [];
  const items = data.filter(isFields);
  const told = ((): readonly ToldRepository[] => {
    switch (format) {
      case 'restic':
        return Array.isArray(document) ? ofRestic(items) : [];
      case 'borg':
        return ofBorg(document, zone);
      case 'pbs':
        return ofPbs(items);
      case 'veeam':
        return ofVeeam(items);
      case 'generic':
        return ofGeneric(items);
      default:
        return format satisfies never;
    }
  })().filter(({points, usedBytes, totalBytes}) => points !== null || (usedBytes !== null && totalBytes !== null));
  if (told.length === 0)
    throw new Fault('BACKUP_OUTPUT', 'neither recovery points nor the size of a repository are in it');
  return told;
}
