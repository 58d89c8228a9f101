import {countProtected} from '../view/backups.ts';
import {truncate} from '../view/cells.ts';
import type {DrawContext} from '../view/draw-context.ts';
import {momentText} from '../view/draw-context.ts';
import {type Line, part} from '../view/tone.ts';
import {isMorningPending, morningCheckOf, selectedBackup} from './backups-actions.ts';
import type {Scene} from './scene.ts';

/** So that whether somebody looked is never what is cut. */
const SHORT_NAME_CELLS = 28;

/** What the title of the pane says: how many are protected, and whether somebody looked this morning. */
export function backupsTitle(scene: Scene, context: DrawContext): Line {
  const {t} = context;
  const {isProtected, all} = countProtected(scene.lists.backups);
  if (all === 0) return [];
  const entry = selectedBackup(scene);
  const isWhole = scene.layout.columns >= WHOLE_FROM_COLUMNS;
  const counts = isWhole ? [part(`  ${t('console.title.protected', {n: isProtected, count: all})}`)] : [];
  if (entry === null) return counts;
  const check = morningCheckOf(scene);
  const customerName = isWhole ? entry.customerName : truncate(entry.customerName, SHORT_NAME_CELLS);
  if (check === null && isMorningPending(scene)) {
    const by = entry.origin.me ?? context.me ?? '';
    return [...counts, part(`  › ${t('console.title.morningPending', {customer: customerName, by})}`, 'pending')];
  }
  if (check === null)
    return [...counts, part(`  › ${t('console.title.morningOpen', {customer: customerName})}`, 'strong')];
  const at = momentText(check.at - entry.origin.skewMs, context);
  return [...counts, part(`  › ${t('console.title.morningDone', {customer: customerName, by: check.by, at})}`, 'dim')];
}

/** Below this the last row says it only where backups are looked at, and short. */
const WHOLE_FROM_COLUMNS = 100;

/** `Sicherungen ✓ 41 von 44` for the last row; null where no backups are known, or no room is. */
export function backupsAside(
  {lists, layout, state}: Pick<Scene, 'lists' | 'layout' | 'state'>,
  t: DrawContext['t'],
): string | null {
  const {isProtected, all} = countProtected(lists.backups);
  const isWhole = layout.columns >= WHOLE_FROM_COLUMNS;
  if (all === 0 || (!isWhole && state.main !== 'backups')) return null;
  const values = {mark: isProtected === all ? '✓' : '✗', n: isProtected, count: all};
  return t(isWhole ? 'console.aside.backups' : 'console.aside.backupsShort', values);
}
