import {leadOf} from '../view/alert-rows.ts';
import {silentLine} from '../view/calm.ts';
import {fitLine, wrapText} from '../view/cells.ts';
import type {DrawContext} from '../view/draw-context.ts';
import {hostName, summaryInWords} from '../view/own-words.ts';
import {alertMark} from '../view/state-mark.ts';
import {type Line, part} from '../view/tone.ts';
import {LEAST_COLUMNS, LEAST_ROWS} from './layout.ts';
import type {Scene} from './scene.ts';

/** On a screen too small to work in: the worst alert all the same, what is wrong with the links, and what size is needed. */
export function tinyLines({layout, lists, view}: Scene, context: DrawContext): readonly Line[] {
  const {columns, rows} = layout;
  const [first] = lists.matters;
  const worst = first === undefined ? undefined : leadOf(first);
  const alert: readonly Line[] =
    worst === undefined
      ? []
      : [
          fitLine(
            [
              alertMark(worst, context.t),
              part(` ${hostName(worst.alert.host, context.t)} ${summaryInWords(worst.alert.summary, context.t)}`),
            ],
            columns,
          ),
        ];
  const silent = view.collectors.filter(({link}) => link !== 'live').map(collector => silentLine(collector, context));
  const needs = context.t('console.tooSmall', {
    columns: LEAST_COLUMNS,
    rows: LEAST_ROWS,
    haveColumns: columns,
    haveRows: rows,
  });
  const sentence = wrapText(needs, columns).map((text): Line => [part(text)]);
  return [...alert, ...sentence, ...silent.map(line => fitLine(line, columns))].slice(0, rows);
}
