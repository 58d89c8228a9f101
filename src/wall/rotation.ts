import type {DurationMs, Instant} from '../domain/time.ts';

/** The pages of the wall, in the order in which they come. */
export const PAGES = ['now', 'customers', 'trend', 'backups', 'onCall'] as const;
export type Page = (typeof PAGES)[number];

/** Which page is shown; a page that does not fit on one screen has several leaves. */
export interface Rotation {
  /** Place in the list of pages that this wall shows. */
  readonly index: number;
  readonly leaf: number;
  readonly since: Instant;
  readonly isPaused: boolean;
}

/** What the rotation goes by. */
export interface Course {
  /** At least one. */
  readonly pages: readonly Page[];
  readonly rotateMs: DurationMs;
  /** How many leaves each page has just now; at least one. */
  readonly leaves: (page: Page) => number;
  /** Has it anything to say? One that has not is passed over by time, and reached by the arrows. */
  readonly hasContent: (page: Page) => boolean;
}

export type Move = 'next' | 'previous' | 'pause';

export function startRotation(now: Instant): Rotation {
  return {index: 0, leaf: 0, since: now, isPaused: false};
}

/** The page of a rotation; the first when there are fewer than there were. */
export function pageOf(rotation: Rotation, course: Course): Page {
  return course.pages[rotation.index] ?? course.pages[0] ?? 'now';
}

/**
 * What time does to the rotation. A paused or interrupted one keeps its page, and gives it its whole time again afterwards.
 */
export function tick(rotation: Rotation, course: Course, now: Instant, isInterrupted: boolean): Rotation {
  if (rotation.isPaused || isInterrupted) return {...rotation, since: now};
  // A clock set back must not keep one page for hours.
  if (now < rotation.since) return {...rotation, since: now};
  if (now - rotation.since < course.rotateMs) return withinLeaves(rotation, course);
  let turned = step(rotation, course, 1, now);
  for (const _ of course.pages) {
    if (course.hasContent(pageOf(turned, course))) return turned;
    turned = step(turned, course, 1, now);
  }
  return turned;
}

/** What a key does to the rotation. */
export function move(rotation: Rotation, course: Course, what: Move, now: Instant): Rotation {
  switch (what) {
    case 'next':
      return step(rotation, course, 1, now);
    case 'previous':
      return step(rotation, course, -1, now);
    case 'pause':
      return {...rotation, isPaused: !rotation.isPaused, since: now};
    default:
      return what satisfies never;
  }
}

/** A page may have lost leaves since it was turned to. */
function withinLeaves(rotation: Rotation, course: Course): Rotation {
  const last = course.leaves(pageOf(rotation, course)) - 1;
  return rotation.leaf <= last ? rotation : {...rotation, leaf: Math.max(0, last)};
}

function step(rotation: Rotation, course: Course, by: 1 | -1, now: Instant): Rotation {
  const leaf = rotation.leaf + by;
  if (leaf >= 0 && leaf < course.leaves(pageOf(rotation, course))) return {...rotation, leaf, since: now};
  const count = Math.max(1, course.pages.length);
  const turned = {...rotation, index: (rotation.index + by + count) % count, since: now};
  return {...turned, leaf: by > 0 ? 0 : course.leaves(pageOf(turned, course)) - 1};
}
