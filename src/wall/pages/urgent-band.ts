import {BIG_ROWS, bigFactor, hasBigForm, writeBig} from '../../../widgets/wall/big-text.ts';
import {type Area, fill, type Grid, within, write} from '../../../widgets/wall/grid.ts';
import type {AlertEntry} from '../../view/alert-entry.ts';
import {customerName} from '../../view/alert-lines.ts';
import {ageText} from '../../view/durations.ts';
import {hostName, isOwnWord, summaryInWords} from '../../view/own-words.ts';
import {severityShape} from '../../view/state-mark.ts';
import type {PageContext} from '../page-context.ts';

/** Rows of the band at least: a line, big letters, a line. */
export const URGENT_ROWS = BIG_ROWS + 2;

/** A band over the whole width that nobody overlooks: the customer in letters that are read from across the room. */
export function drawUrgent(grid: Grid, area: Area, entry: AlertEntry, more: number, context: PageContext): void {
  const {t, now, hasDots} = context;
  const {alert, origin, sla} = entry;
  fill(grid, area, ' ', 'alarm');
  const age = ageText(Math.max(0, now + origin.skewMs - alert.openedAt), t);
  const others = more > 0 ? `   ${t('wall.now.more', {count: more})}` : '';
  const priority = sla === null ? '' : `   ${sla.incident.priority}`;
  const customer = customerName(entry, context);
  const isBig = hasDots && hasBigForm(customer) && area.height >= URGENT_ROWS;
  const factor = bigFactor(customer, area.width - 4, area.height - 2);
  const rows = isBig ? factor * BIG_ROWS + 2 : 4;
  const inner = within(area, 2, Math.max(0, Math.floor((area.height - rows) / 2)), area.width - 4);
  write(
    grid,
    inner,
    0,
    0,
    `${severityShape(alert.severity)} ${t('wall.now.urgent')}${priority}   ${age}${others}`,
    'alarm',
  );
  if (isBig) writeBig(grid, inner, 0, 1, customer, 'alarm', factor);
  else write(grid, inner, 0, 2, customer, 'alarm');
  const host = hostName(alert.host, t);
  const what = summaryInWords(alert.summary, t);
  // The service of what Nocturne raises itself is a name of its own, and the words say the same.
  const where = alert.service === '' || isOwnWord(alert.summary) ? host : `${host} / ${alert.service}`;
  write(grid, inner, 0, rows - 1, `${where}   ${what}`, 'alarm');
}
