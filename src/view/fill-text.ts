import type {FillJudgement} from '../domain/forecast/fill-forecast.ts';
import {HOUR, MINUTE, SECOND} from '../domain/time.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import {ageText} from './durations.ts';
import type {ComingFull} from './host-course.ts';
import type {Origin} from './origin.ts';
import {severityShape} from './state-mark.ts';
import {type Part, part, type Tone} from './tone.ts';

const TONES: Readonly<Record<ComingFull['level'], Tone>> = {ok: 'plain', warning: 'warning', critical: 'critical'};

/** `voll in 6 h (08:50)`: how long, and when by our clock. Source: PF-2. */
export function fillText({fullAt}: ComingFull, {skewMs}: Pick<Origin, 'skewMs'>, context: DrawContext): string {
  const at = fullAt - skewMs;
  const leftMs = at - context.now;
  if (leftMs < MINUTE) return context.t('host.fill.now');
  return context.t('host.fill.in', {span: ageText(leftMs, context.t), at: momentText(at, context)});
}

/** `▲ 6 h`, short enough for a column; shape and tone say how much it should worry. */
export function fillPart({fullAt, level}: ComingFull, {skewMs}: Pick<Origin, 'skewMs'>, {t, now}: DrawContext): Part {
  const shape = level === 'ok' ? ' ' : severityShape(level);
  return part(`${shape} ${ageText(fullAt - skewMs - now, t)}`, level === 'ok' ? 'dim' : TONES[level]);
}

/** `▲ ` or `● ` before a forecast that worries, and its tone. */
export function fillMark({level}: ComingFull): Part {
  return part(`${level === 'ok' ? '·' : severityShape(level)} `, TONES[level]);
}

/** `keine Prognose: erst 3 h Messwerte, 24 h sind nötig`. Source: PF-2, PF-5. */
export function noFillText(
  {reason, samples, spanSeconds}: Extract<FillJudgement, {type: 'none'}>,
  {t}: Pick<DrawContext, 't'>,
): string {
  const heard = spanSeconds * SECOND < HOUR ? t('host.fill.lessThanHour') : ageText(spanSeconds * SECOND, t);
  return t('host.fill.none', {why: t(`host.fill.why.${reason}`, {count: samples, span: heard})});
}
