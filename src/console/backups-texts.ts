import {countProtected} from '../view/backups.ts';
import type {DrawContext} from '../view/draw-context.ts';
import {momentText} from '../view/draw-context.ts';
import {type Line, part} from '../view/tone.ts';
import {morningCheckOf, selectedBackup} from './backups-actions.ts';
import type {Scene} from './scene.ts';

/** What the title of the pane says: how many are protected, and whether somebody looked this morning. */
export function backupsTitle(scene: Scene, context: DrawContext): Line {
  const {t} = context;
  const {isProtected, all} = countProtected(scene.lists.backups);
  if (all === 0) return [];
  const entry = selectedBackup(scene);
  const counts = part(`  ${t('console.title.protected', {n: isProtected, count: all})}`);
  if (entry === null) return [counts];
  const check = morningCheckOf(scene);
  const {customerName} = entry;
  if (check === null)
    return [counts, part(`  › ${t('console.title.morningOpen', {customer: customerName})}`, 'strong')];
  const at = momentText(check.at - entry.origin.skewMs, context);
  return [counts, part(`  › ${t('console.title.morningDone', {customer: customerName, by: check.by, at})}`, 'dim')];
}

/** `Sicherungen ✓ 41 von 44` for the last row; null where no backups are known. */
export function backupsAside({lists}: Pick<Scene, 'lists'>, t: DrawContext['t']): string | null {
  const {isProtected, all} = countProtected(lists.backups);
  if (all === 0) return null;
  return t('console.aside.backups', {mark: isProtected === all ? '✓' : '✗', n: isProtected, count: all});
}
