import type {CollectorView, NocView} from '../client/noc.ts';
import type {AlertSeverity} from '../domain/severity.ts';
import type {Translate} from '../runtime/i18n.ts';
import {type AlertEntry, isUnhandled} from './alert-entry.ts';
import {lineWidth, spread} from './cells.ts';
import type {DrawContext} from './draw-context.ts';
import {linkAgeText} from './durations.ts';
import {STALE_SHAPE, severityShape, severityTone} from './state-mark.ts';
import {type Line, type Part, part, type Tone} from './tone.ts';

/** How many alerts wait for somebody, by how bad they are; `stale` are those of which that is not known. */
export type WaitingCounts = Readonly<Record<AlertSeverity | 'stale', number>>;

export function countWaiting(alerts: readonly AlertEntry[]): WaitingCounts {
  const counts = {critical: 0, warning: 0, unknown: 0, stale: 0};
  for (const {alert, origin} of alerts) if (isUnhandled(alert)) counts[origin.isStale ? 'stale' : alert.severity]++;
  return counts;
}

const SEVERITIES: readonly AlertSeverity[] = ['critical', 'warning', 'unknown'];

/**
 * The first row: every collector with the age of its last word, what waits, and the clock. The only row that ticks by the second.
 * When it gets narrow, the name of the program goes first, then the ages of collectors that are well, then their names.
 */
export function headerLine(view: NocView, waiting: WaitingCounts, width: number, context: DrawContext): Line {
  const isWide = width >= WIDE;
  // Before any picture is there nothing is known, and nought would be a lie.
  const counts = view.collectors.some(({state}) => state !== null) ? waitingLine(waiting, isWide, context) : [];
  const right = [...counts, part(isWide ? '   ' : '  '), clockPart(isWide, context)];
  const room = width - lineWidth(right) - 2;
  const brand: Line = [part('Nocturne', 'strong'), part(isWide && context.me !== null ? `  ${context.me}` : '', 'dim')];
  const gap = isWide ? '  ' : ' ';
  const candidates: readonly Line[] = [
    [...brand, part(isWide ? '   ' : '  '), ...links(view, gap, 'full', context)],
    links(view, gap, 'full', context),
    links(view, gap, 'names', context),
    links(view, gap, 'marks', context),
  ];
  const left = candidates.find(line => lineWidth(line) <= room) ?? candidates.at(-1) ?? [];
  return spread(left, right, width);
}

const WIDE = 100;

function clockPart(isWide: boolean, {format, now}: DrawContext): Part {
  const clock = isWide ? format.clockSeconds(now) : format.clock(now);
  return part(`${format.weekdayAndDay(now)} ${clock}`);
}

function waitingLine(waiting: WaitingCounts, isWide: boolean, {t}: DrawContext): Line {
  const counts: readonly Part[] = [
    ...SEVERITIES.map(severity => countPart(severityShape(severity), severity, waiting[severity], isWide, t)),
    ...(waiting.stale > 0 ? [countPart(STALE_SHAPE, 'stale', waiting.stale, isWide, t)] : []),
  ];
  return counts.flatMap((count, index) => (index === 0 ? [count] : [part(isWide ? '  ' : ' '), count]));
}

function countPart(shape: string, kind: AlertSeverity | 'stale', count: number, isWide: boolean, t: Translate): Part {
  const word = isWide ? ` ${t(`view.waiting.${kind}`, {count})}` : '';
  const tone: Tone = count === 0 ? 'dim' : kind === 'stale' ? 'stale' : severityTone(kind);
  return part(`${shape}${count}${word}`, tone);
}

/** `full`: every name and age; `names`: ages only where something is wrong; `marks`: names only there. */
type LinkDetail = 'full' | 'names' | 'marks';

function links(view: NocView, gap: string, detail: LinkDetail, context: DrawContext): Line {
  return view.collectors.flatMap((collector, index) => {
    const separator = index === 0 ? [] : [part(gap)];
    return [...separator, linkPart(collector, detail, context)];
  });
}

function linkPart(collector: CollectorView, detail: LinkDetail, {t, now}: DrawContext): Part {
  const {link, name, heardAt} = collector;
  if (link === 'live') {
    const age = heardAt === null || detail !== 'full' ? '' : ` ${linkAgeText(now - heardAt, t)}`;
    return part(detail === 'marks' ? '●' : `●${name}${age}`);
  }
  if (link === 'refused') return part(`✗${name} ${t('view.link.refused')}`, 'error');
  const age = heardAt === null ? t(`view.link.${link}`) : linkAgeText(now - heardAt, t);
  return part(`${STALE_SHAPE}${name} ${age}`, 'unknown');
}
