import {type Area, type Grid, within, write, writeRight} from '../../../widgets/wall/grid.ts';
import {cellWidth} from '../../view/cells.ts';
import {linkAgeText} from '../../view/durations.ts';
import {type Part, part, type Tone} from '../../view/tone.ts';
import type {PageContext} from '../page-context.ts';
import type {Picture} from '../picture.ts';
import type {Page} from '../rotation.ts';
import type {Vital} from '../vitals.ts';

/** Goes on by one every second: a wall that stands still cannot look alive. */
const TICKS = {braille: ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'], plain: ['|', '/', '-', '\\']} as const;

const GAP = 2;

/** The head line: whose wall it is, how old what each collector told us is, date, clock and tick. */
export function drawHead(grid: Grid, area: Area, picture: Picture, title: string, context: PageContext): void {
  const {format, now, hasDots} = context;
  const ticks = hasDots ? TICKS.braille : TICKS.plain;
  const tick = ticks[Math.floor(now / 1000) % ticks.length] ?? '';
  write(grid, area, area.width - 1, 0, tick, 'accent');
  const clock = within(area, 0, 0, area.width - 2);
  const clockAt = writeRight(grid, clock, 0, format.clockSeconds(now), 'strong');
  const dateAt = writeRight(grid, within(area, 0, 0, clockAt - 1), 0, format.weekdayAndDay(now), 'dim');
  const titleEnd = write(grid, within(area, 0, 0, dateAt - GAP), 0, 0, title, 'strong');
  drawVitals(grid, within(area, titleEnd + GAP, 0, dateAt - GAP - titleEnd - GAP), picture.vitals, context);
}

/** Those that cannot be believed first, as many as fit, then how many more there are. */
function drawVitals(grid: Grid, area: Area, vitals: readonly Vital[], {t}: PageContext): void {
  const order = [...vitals].sort((a, b) => Number(a.pulse === 'live') - Number(b.pulse === 'live'));
  let x = 0;
  for (const [index, vital] of order.entries()) {
    const {text, tone} = vitalText(vital, t);
    const more = order.length - index - 1;
    const room = area.width - x - (more > 0 ? GAP + cellWidth(`+${more}`) : 0);
    if (cellWidth(text) > room) {
      write(grid, area, x, 0, `+${order.length - index}`, tone);
      return;
    }
    x = write(grid, area, x, 0, text, tone) + GAP;
  }
}

function vitalText({name, pulse, ageMs}: Vital, t: PageContext['t']): {text: string; tone: Tone} {
  const age = ageMs === null ? t('wall.vital.never') : linkAgeText(ageMs, t);
  switch (pulse) {
    case 'live':
      return {text: `● ${name} ${age}`, tone: 'dim'};
    case 'silent':
      return {text: `○ ${name} ${age}`, tone: 'unknown'};
    case 'loading':
      return {text: `○ ${name} ${t('wall.vital.loading')}`, tone: 'unknown'};
    case 'refused':
      return {text: `○ ${name} ${t('wall.vital.refused')}`, tone: 'critical'};
    default:
      return pulse satisfies never;
  }
}

/** What the foot line says. */
export interface Foot {
  readonly pages: readonly Page[];
  readonly page: Page;
  readonly leaf: number;
  readonly leaves: number;
  readonly isPaused: boolean;
  /** The token could change things: then this is no wall's token. */
  readonly mayChange: boolean;
}

/** The foot line: which page of which this is, and the few keys that there are. The names go before the keys. */
export function drawFoot(grid: Grid, area: Area, foot: Foot, {t}: PageContext): void {
  const names = foot.pages.map(page => {
    const isShown = page === foot.page;
    const leaf = isShown && foot.leaves > 1 ? ` ${foot.leaf + 1}/${foot.leaves}` : '';
    return part(`${isShown ? '● ' : '○ '}${t(`wall.page.${page}`)}${leaf}`, isShown ? 'key' : 'dim');
  });
  const width = names.reduce((sum, {text}) => sum + cellWidth(text) + GAP, 0);
  const notes = footNotes(foot, t);
  const note = notes.find(({text}) => width + cellWidth(text) <= area.width) ?? notes.at(-1);
  const noteAt = note === undefined ? area.width : writeRight(grid, area, 0, note.text, note.tone);
  const room = within(area, 0, 0, noteAt - 1);
  names.reduce((x, {text, tone}) => write(grid, room, x, 0, text, tone === 'key' ? 'accent' : tone) + GAP, 0);
}

/** The long form, and the one for narrow screens. */
function footNotes({isPaused, mayChange}: Foot, t: PageContext['t']): readonly Part[] {
  if (isPaused) return [part(t('wall.foot.paused'), 'strong'), part(t('wall.foot.pausedShort'), 'strong')];
  if (mayChange) return [part(t('wall.foot.mayChange'), 'warning'), part(t('wall.foot.mayChangeShort'), 'warning')];
  return [part(t('wall.foot.keys'), 'dim'), part(t('wall.foot.keysShort'), 'dim')];
}
