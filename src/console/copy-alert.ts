import {safeText} from '../runtime/safe-text.ts';
import type {AlertEntry} from '../view/alert-entry.ts';
import {alertColumns, alertHeadLine, alertLine} from '../view/alert-lines.ts';
import {type AlertRow, alertsOf} from '../view/alert-rows.ts';
import {detailLines, detailTitle} from '../view/detail-lines.ts';
import type {DrawContext} from '../view/draw-context.ts';
import type {Line} from '../view/tone.ts';
import {rowAtCursor} from './alert-list.ts';
import type {Scene} from './scene.ts';
import {NO_TREND} from './trends.ts';

/** Wide enough for what mail and tickets show without breaking. */
const COPIED_COLUMNS = 100;
/** In base64 and with the sequence around it under 4 KiB. Source: security rule 45. */
const MOST_COPIED_BYTES = 3000;
/** For the line that counts what is left out. */
const REST_BYTES = 60;

/** What is under the cursor as lines of text, an alert as the detail shows it, a fold alert by alert; null without one. */
export function alertAsText(scene: Pick<Scene, 'state' | 'lists'>, context: DrawContext): string | null {
  const row = rowAtCursor(scene);
  if (row === null) return null;
  return row.type === 'alert' ? upToLimit(oneAlert(row.entry, context)) : foldAsText(row, context);
}

function textOf(line: Line): string {
  return line
    .map(({text}) => text)
    .join('')
    .trimEnd();
}

function oneAlert(entry: AlertEntry, context: DrawContext): readonly string[] {
  const lines = detailLines(entry, {host: null, trends: NO_TREND}, COPIED_COLUMNS, true, context);
  return [detailTitle(entry, context.t), ...lines.map(textOf)];
}

/** A line for each alert; what there is no room for is counted. */
function foldAsText(row: Extract<AlertRow, {type: 'fold'}>, context: DrawContext): string {
  const columns = alertColumns(COPIED_COLUMNS, true);
  const entries = alertsOf(row);
  const texts = [alertHeadLine(columns, context), ...entries.map(entry => alertLine(columns, entry, context))].map(
    textOf,
  );
  const copied = upToLimit(texts, MOST_COPIED_BYTES - REST_BYTES);
  const left = texts.length - (copied.split('\n').length - 1);
  return left === 0 ? copied : `${copied}${context.t('fold.copyRest', {count: left})}\n`;
}

/** Whole lines, as many as a terminal takes. */
function upToLimit(texts: readonly string[], mostBytes = MOST_COPIED_BYTES): string {
  let copied = '';
  for (const text of texts) {
    const longer = `${copied}${safeText(text)}\n`;
    if (Buffer.byteLength(longer) > mostBytes) break;
    copied = longer;
  }
  return copied;
}
