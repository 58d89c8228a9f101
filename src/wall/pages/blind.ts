import {type Area, fill, type Grid, within, write, writeCentred} from '../../../widgets/wall/grid.ts';
import {largeSize, largestDot, writeLarge} from '../../../widgets/wall/large.ts';
import {type DurationMs, HOUR, SECOND} from '../../domain/time.ts';
import {linkAgeText} from '../../view/durations.ts';
import {reasonText} from '../../view/reason-text.ts';
import type {PageContext} from '../page-context.ts';
import type {Picture} from '../picture.ts';
import type {Vital} from '../vitals.ts';

/**
 * Nobody tells us anything: the whole screen says so, in place of every page. What was known before is not shown, since
 * from five metres nobody reads how old it is.
 */
export function drawBlind(grid: Grid, body: Area, {vitals}: Picture, context: PageContext): void {
  const {t, scale} = context;
  fill(grid, body, ' ', 'blind');
  const inner = within(body, 2, 1, body.width - 4, body.height - 2);
  const isStarting = vitals.every(({pulse}) => pulse === 'loading');
  writeCentred(grid, inner, 0, t(isStarting ? 'wall.blind.starting' : 'wall.blind.title'), 'blind');
  const age = shortestAge(vitals);
  let y = 2;
  if (!isStarting && age !== null) {
    const text = counterText(age);
    const dot = largestDot(text, inner.width, Math.max(0, inner.height - 4 - vitals.length), 4 * scale);
    const size = largeSize(text, dot);
    writeLarge(grid, inner, Math.floor((inner.width - size.width) / 2), y, text, dot, 'blind');
    y += size.height + 1;
  }
  if (!isStarting) writeCentred(grid, inner, y, t('wall.blind.hint'), 'blind');
  for (const [index, vital] of vitals.entries()) write(grid, inner, 0, y + 2 + index, vitalText(vital, t), 'blind');
}

/** Since the last word of whoever was heard last. */
function shortestAge(vitals: readonly Vital[]): DurationMs | null {
  const ages = vitals.flatMap(({ageMs}) => (ageMs === null ? [] : [ageMs]));
  return ages.length === 0 ? null : Math.min(...ages);
}

/** `06:12`, from an hour on `1:06:12`. */
function counterText(age: DurationMs): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const rest = `${two((age % HOUR) / (60 * SECOND))}:${two((age / SECOND) % 60)}`;
  return age < HOUR ? rest : `${Math.floor(age / HOUR)}:${rest}`;
}

function vitalText({name, ageMs, reason}: Vital, t: PageContext['t']): string {
  const age = ageMs === null ? t('wall.vital.never') : linkAgeText(ageMs, t);
  const why = reasonText({reason}, t);
  return why === null ? `○ ${name}  ${age}` : `○ ${name}  ${age}  ${why}`;
}
