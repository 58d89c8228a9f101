import type {RestoreScope} from '../domain/backup/restore-test.ts';
import {localDay, timeZone} from '../domain/local-time/zone.ts';
import type {DurationMs} from '../domain/time.ts';
import {parseDuration} from '../runtime/duration.ts';
import {safeText} from '../runtime/safe-text.ts';
import type {BackupEntry} from '../view/backups.ts';
import {openPrompt} from './prompt-actions.ts';
import type {Scene} from './scene.ts';
import type {Prompt} from './state.ts';
import {type Action, become, type Hands, notice, refuse, type Step} from './step.ts';

/** The object under the cursor of the list of backups. */
export function selectedBackup({state, lists}: Pick<Scene, 'state' | 'lists'>): BackupEntry | null {
  return lists.backups.find(({key}) => key === state.lists.backups.cursor) ?? null;
}

/** Who ticked the morning check of the selected customer today; null: nobody yet. Source: BK-10. */
export function morningCheckOf(scene: Pick<Scene, 'state' | 'lists' | 'view' | 'now'>) {
  const entry = selectedBackup(scene);
  if (entry === null) return null;
  const collector = scene.view.collectors.find(({url}) => url === entry.origin.url);
  const customer = collector?.state?.customers.get(entry.customer);
  if (customer === undefined) return null;
  const today = localDay(timeZone(customer.timezone), scene.now + entry.origin.skewMs);
  return customer.morningChecks?.findLast(({day}) => day === today) ?? null;
}

/** Whether our own tick for the selected customer is not on the collector's disk yet. */
export function isMorningPending({view, ...scene}: Pick<Scene, 'state' | 'lists' | 'view'>): boolean {
  const entry = selectedBackup(scene);
  if (entry === null) return false;
  return view.commands.some(
    ({body, status, collector}) =>
      body.kind === 'morning-check' &&
      status !== 'settled' &&
      body.customer === entry.customer &&
      collector === entry.origin.url,
  );
}

/** Ticks the morning check of the customer under the cursor, with name and time. Source: BK-10. */
export const morningCheck: Action = (scene, {t, now}) => {
  const entry = selectedBackup(scene);
  if (entry === null) return refuse(scene, t('console.refused.nothing'), now);
  const done = morningCheckOf(scene);
  if (done !== null)
    return refuse(scene, t('console.refused.morningDone', {customer: entry.customerName, by: done.by}), now);
  if (isMorningPending(scene))
    return refuse(scene, t('console.notice.morningChecked', {customer: entry.customerName}), now);
  const text = t('console.notice.morningChecked', {customer: entry.customerName});
  const body = {kind: 'morning-check', customer: entry.customer, note: null} as const;
  return {
    state: {...scene.state, undo: null, notice: notice(text, now)},
    effects: [
      {
        type: 'send',
        commands: [{collector: entry.origin.url, body, expectedVersion: null, subject: entry.customerName}],
      },
    ],
  };
};

/** Opens the line in which a restore test is written down. Source: BK-6. */
export const restoreTest: Action = (scene, {t, now}) => {
  const entry = selectedBackup(scene);
  if (entry?.record == null) return refuse(scene, t('console.refused.nothing'), now);
  return become({...scene.state, notice: null, prompt: openPrompt('restoreTest', {targets: [entry.key]})});
};

const RESULTS: ReadonlyMap<string, boolean> = new Map([
  ['gut', true],
  ['ok', true],
  ['passed', true],
  ['fehler', false],
  ['failed', false],
]);

const SCOPES: ReadonlyMap<string, RestoreScope> = new Map([
  ['datei', 'file'],
  ['file', 'file'],
  ['anwendung', 'application'],
  ['application', 'application'],
  ['voll', 'full'],
  ['full', 'full'],
]);

interface WrittenTest {
  readonly ok: boolean;
  readonly scope: RestoreScope;
  readonly durationMs: DurationMs | null;
  readonly words: string;
}

/** `gut voll 42m Hash stimmt`: how it went, how much, how long, and what there is to say; null when it does not start with the first. */
export function parseRestoreTest(text: string): WrittenTest | null {
  const words = text.trim().split(/\s+/);
  const ok = RESULTS.get(words[0]?.toLowerCase() ?? '');
  if (ok === undefined) return null;
  let at = 1;
  const scope = SCOPES.get(words[at]?.toLowerCase() ?? '');
  if (scope !== undefined) at++;
  const durationMs = parseDuration(words[at] ?? '');
  if (durationMs !== null) at++;
  return {ok, scope: scope ?? 'file', durationMs, words: words.slice(at).join(' ')};
}

/** Sends the restore test that was written, for the object it was begun at. */
export function submitRestoreTest(prompt: Prompt, scene: Scene, {t, now}: Hands): Step {
  const written = parseRestoreTest(prompt.text);
  if (written === null) return become({...scene.state, prompt: {...prompt, problem: t('console.prompt.needsResult')}});
  const entry = scene.lists.backups.find(({key}) => key === prompt.targets[0]);
  if (entry?.record == null) return refuse(scene, t('console.refused.gone'), now);
  const {ok, scope, durationMs, words} = written;
  const {object} = entry.record;
  const note = words === '' ? null : safeText(words);
  const body = {
    kind: 'restore-test',
    customer: entry.customer,
    object,
    ok,
    scope,
    durationMs,
    point: null,
    job: null,
    note,
  } as const;
  return {
    state: {...scene.state, prompt: null, undo: null, notice: notice(t('console.notice.restoreTested', {object}), now)},
    effects: [{type: 'send', commands: [{collector: entry.origin.url, body, expectedVersion: null, subject: object}]}],
  };
}
