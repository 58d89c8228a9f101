import {alertJson} from '../view/alert-json.ts';
import {alertColumns, alertHeadLine, alertLine} from '../view/alert-lines.ts';
import type {DrawContext} from '../view/draw-context.ts';
import type {Line} from '../view/tone.ts';
import {everyAlert} from './alert-list.ts';
import type {Scene} from './scene.ts';

const EXPORTED_COLUMNS = 160;

function textOf(line: Line): string {
  return line
    .map(({text}) => text)
    .join('')
    .trimEnd();
}

/** The alerts of the list, those in folds too, as they stand: `.json` as `nocturne alerts --json` has them, anything else as a table of text. */
export function exportText(file: string, {lists}: Pick<Scene, 'lists'>, context: DrawContext): string {
  const alerts = everyAlert(lists);
  if (file.endsWith('.json')) {
    return `${JSON.stringify({alerts: alerts.map(entry => alertJson(entry, context.now))}, null, 2)}\n`;
  }
  const columns = alertColumns(EXPORTED_COLUMNS, true);
  const lines = [alertHeadLine(columns, context), ...alerts.map(entry => alertLine(columns, entry, context))];
  return `${lines.map(textOf).join('\n')}\n`;
}
