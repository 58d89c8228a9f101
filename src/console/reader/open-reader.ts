import type {Translate} from '../../runtime/i18n.ts';
import {silentLine} from '../../view/calm.ts';
import type {DrawContext} from '../../view/draw-context.ts';
import {keyLabel} from '../help-lines.ts';
import {apart} from '../key-name.ts';
import type {ActionName} from '../keymap.ts';
import type {ConsoleModel} from '../model.ts';
import type {Scene} from '../scene.ts';
import {keyWords, narrate, promptHelp, promptWords} from './narrate.ts';
import {lineWords} from './plain-words.ts';
import type {Speaker} from './speaker.ts';
import {spokenAlert} from './spoken-alert.ts';
import {createNewsReader} from './spoken-news.ts';
import {spokenRow} from './spoken-row.ts';

/** The console as lines: a second face over the same model and the same keys. */
export interface Reader {
  /** One press, by the name that `keyName` gives it. */
  press(key: string): void;
  paste(text: string): void;
  /** Says again how things stand. */
  repeat(): void;
  close(): void;
}

/** Says what there is, then what is new, and answers every key with a line. */
export function openReader(model: ConsoleModel, speaker: Speaker): Reader {
  const readNews = createNewsReader();
  let said = model.getScene();
  /** Where the technician stood when no line was being typed. */
  let stood = said;
  let isAnswered = false;
  let isWaiting = true;
  const sayAll = (lines: readonly string[]): void => {
    for (const line of lines) speaker.say(line);
    if (lines.length > 0) isAnswered = true;
  };

  const observe = (): void => {
    const scene = model.getScene();
    model.painted();
    const context = {...model.context(), now: scene.now};
    if (isWaiting) {
      isWaiting = scene.view.collectors.every(({state}) => state === null);
      readNews(scene.view, context);
      if (!isWaiting) sayAll(summary(scene, context));
      [said, stood] = [scene, scene];
      return;
    }
    const [before, {prompt}] = [said, scene.state];
    said = scene;
    if (prompt === null && before.state.prompt !== null) {
      speaker.type(null);
      isAnswered = true;
    }
    sayAll(narrate(before, scene, stood, context));
    if (prompt === null && scene.state.question === null) stood = scene;
    if (prompt !== null && prompt !== before.state.prompt) {
      if (before.state.prompt === null) speaker.say(promptHelp(prompt, context.t));
      speaker.type(promptWords(prompt, context.t));
      isAnswered = true;
    }
    speaker.tell(readNews(scene.view, context));
  };

  const unsubscribe = model.subscribe(observe);
  const start = model.context();
  speaker.say(start.t('reader.hello', {help: keyOf(model.getScene(), 'app.help', start.t)}));
  observe();
  if (isWaiting) speaker.say(start.t('reader.connecting'));

  const pressOne = (key: string) => {
    const scene = model.getScene();
    const {t} = model.context();
    const isFree = scene.state.prompt === null && scene.state.question === null;
    const binding = isFree ? scene.keys.of(key, scene.state.pane) : undefined;
    if (binding?.action === 'app.help') return sayAll(keyWords(scene.keys, t));
    if (binding?.action === 'app.redraw') return sayAll(summary(scene, model.context()));
    if (isFree && binding === undefined && scene.keys.savedAt(key) === undefined) {
      const values = {key: keyLabel(key, t), help: keyOf(scene, 'app.help', t)};
      return sayAll([t('reader.unknownKey', values)]);
    }
    isAnswered = false;
    model.press(key);
    const {prompt} = model.getScene().state;
    if (key === 'enter' && prompt?.problem != null) sayAll([prompt.problem]);
    if (key === 'tab' && prompt !== null && prompt.offers.words.length > 0) {
      sayAll([prompt.offers.words.map(word => word.trim()).join(', ')]);
    }
    if (!isAnswered) sayAll(whereNothingMoved(model.getScene(), binding?.group === 'move', model.context()));
  };

  return {
    press(key) {
      for (const one of apart(key, model.getScene().state.prompt !== null)) pressOne(one);
    },
    paste: text => model.paste(text),
    repeat: () => sayAll(summary(model.getScene(), model.context())),
    close() {
      unsubscribe();
      speaker.close();
    },
  };
}

/** A key that led nowhere is answered too: with where one stands. */
function whereNothingMoved(scene: Scene, isMove: boolean, context: DrawContext): readonly string[] {
  if (scene.state.prompt !== null) return [];
  if (isMove && scene.state.pane === 'detail') return [context.t('reader.edge')];
  return [...(isMove ? [context.t('reader.edge')] : []), ...spokenRow(scene, context)];
}

/** How things stand: what waits, who breaches first, which collector is silent, and where the cursor is. */
function summary(scene: Scene, context: DrawContext): readonly string[] {
  const {totals, view} = scene;
  const {t, format, now} = context;
  const {critical, warning, unknown, stale} = totals.waiting;
  const due = totals.nextDue;
  return [
    t('reader.summary', {
      at: format.clock(now),
      critical,
      warning,
      unknown,
      acked: totals.acked,
      suppressed: totals.suppressed,
    }),
    ...(stale > 0 ? [t('reader.summaryStale', {count: stale})] : []),
    ...view.collectors
      .filter(({link}) => link !== 'live')
      .map(collector => lineWords(silentLine(collector, context), t)),
    ...(due === null ? [] : [t('reader.firstDue', {alert: spokenAlert(due, context)})]),
    ...spokenRow(scene, context),
  ];
}

function keyOf(scene: Scene, action: ActionName, t: Translate): string {
  const [key] = scene.keys.bindings.find(binding => binding.action === action)?.keys ?? [];
  return key === undefined ? '' : keyLabel(key, t);
}
