import {Fault} from '../domain/fault.ts';
import {type DurationMs, SECOND} from '../domain/time.ts';
import {parseDuration} from '../runtime/duration.ts';
import {type DimWindow, EVENING, parseDimWindow} from './brightness.ts';
import {MOST_SCALE} from './layout.ts';
import {PAGES, type Page} from './rotation.ts';

/** The flags of `nocturne wall` as typed; what is missing takes its default. */
export interface WallFlags {
  /** `30s` */
  readonly rotate?: string;
  /** `now,customers,trend,backups,onCall` */
  readonly pages?: string;
  /** `1` to `4`; `auto` goes by the size of the screen. */
  readonly scale?: string;
  /** `21:00-06:00`, or `off`. */
  readonly dim?: string;
}

export interface WallSettings {
  readonly rotateMs: DurationMs;
  readonly pages: readonly Page[];
  /** null: by the size of the screen. */
  readonly scale: number | null;
  /** null: never. */
  readonly dim: DimWindow | null;
}

const DEFAULT_ROTATE_MS: DurationMs = 30 * SECOND;
/** Faster than this nobody reads a page. */
const LEAST_ROTATE_MS: DurationMs = 5 * SECOND;

/**
 * @throws {Fault} `WALL_ROTATE`, `WALL_PAGES`, `WALL_SCALE` or `WALL_DIM` for a flag that is not what it should be;
 *   `values.value` is what was typed.
 */
export function wallSettings({rotate, pages, scale, dim}: WallFlags): WallSettings {
  return {
    rotateMs: rotate === undefined ? DEFAULT_ROTATE_MS : readRotate(rotate),
    pages: pages === undefined ? PAGES : readPages(pages),
    scale: scale === undefined || scale === 'auto' ? null : readScale(scale),
    dim: dim === undefined ? EVENING : readDim(dim),
  };
}

function readRotate(value: string): DurationMs {
  const rotateMs = parseDuration(value);
  if (rotateMs !== null && rotateMs >= LEAST_ROTATE_MS) return rotateMs;
  throw new Fault('WALL_ROTATE', `--rotate wants a duration from 5s on, like 30s or 2m, not ${value}`, {value});
}

function readPages(value: string): readonly Page[] {
  const pages = value.split(',').map(word => PAGES.find(page => page.toLowerCase() === word.trim().toLowerCase()));
  const known = pages.filter(page => page !== undefined);
  if (known.length === pages.length) return [...new Set(known)];
  throw new Fault('WALL_PAGES', `--pages wants some of ${PAGES.join(',')}, not ${value}`, {
    value,
    pages: PAGES.join(','),
  });
}

function readScale(value: string): number {
  const scale = Number(value);
  if (Number.isInteger(scale) && scale >= 1 && scale <= MOST_SCALE) return scale;
  throw new Fault('WALL_SCALE', `--scale wants 1 to ${MOST_SCALE} or auto, not ${value}`, {value, most: MOST_SCALE});
}

function readDim(value: string): DimWindow | null {
  if (value === 'off') return null;
  const window = parseDimWindow(value);
  if (window !== null) return window;
  throw new Fault('WALL_DIM', `--dim wants a time like 21:00-06:00, or off, not ${value}`, {value});
}
