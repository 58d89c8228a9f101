import {safeText} from '../runtime/safe-text.ts';
import {detailLines, detailTitle} from '../view/detail-lines.ts';
import type {DrawContext} from '../view/draw-context.ts';
import {selectedAlert} from './app-actions.ts';
import type {Scene} from './scene.ts';
import {NO_TREND} from './trends.ts';

/** Wide enough for what mail and tickets show without breaking. */
const COPIED_COLUMNS = 100;
/** In base64 and with the sequence around it under 4 KiB. Source: security rule 45. */
const MOST_COPIED_BYTES = 3000;

/** The alert under the cursor as lines of text, as the detail shows it; null without one. */
export function alertAsText(scene: Pick<Scene, 'state' | 'lists'>, context: DrawContext): string | null {
  const entry = selectedAlert(scene);
  if (entry === null) return null;
  const lines = detailLines(entry, {host: null, trends: NO_TREND}, COPIED_COLUMNS, true, context);
  const texts = [
    detailTitle(entry, context.t),
    ...lines.map(line =>
      line
        .map(({text}) => text)
        .join('')
        .trimEnd(),
    ),
  ];
  let copied = '';
  for (const text of texts) {
    const longer = `${copied}${safeText(text)}\n`;
    if (Buffer.byteLength(longer) > MOST_COPIED_BYTES) break;
    copied = longer;
  }
  return copied;
}
