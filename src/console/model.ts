import type {NocStore, NocView} from '../client/noc.ts';
import {Fault} from '../domain/fault.ts';
import {type Instant, MINUTE, SECOND} from '../domain/time.ts';
import {faultText} from '../runtime/fault-text.ts';
import type {Format} from '../runtime/format.ts';
import type {Translate} from '../runtime/i18n.ts';
import type {Outside} from '../runtime/outside.ts';
import {dueAt} from '../view/alert-entry.ts';
import type {DrawContext} from '../view/draw-context.ts';
import {TICKS_BY_SECOND} from '../view/durations.ts';
import {foldFacts} from '../view/fold-facts.ts';
import {asSeen, isSameMatter, rowAtCursor, unfold} from './alert-list.ts';
import {bannerLine} from './banner.ts';
import {carryToDesk} from './carry-to-desk.ts';
import {createDeriver} from './derive.ts';
import type {Desk} from './desk.ts';
import {createGlance, type Glance} from './glance.ts';
import {createHostWatch} from './host-watch.ts';
import {apart} from './key-name.ts';
import {DEFAULT_KEYS, type Keys, keyPlace} from './keys.ts';
import {layoutOf} from './layout.ts';
import {createLinkNews} from './link-news.ts';
import {createNewsPace, type NewsPace} from './news-pace.ts';
import {createOutcomeWatch} from './outcomes.ts';
import {isRepeat, type LastPress, press} from './press.ts';
import {pasteInPrompt} from './prompt-actions.ts';
import type {Scene} from './scene.ts';
import {settle} from './settle.ts';
import {INITIAL_STATE, type OutgoingCommand} from './state.ts';
import {type DeskEffect, type Effect, notice, type Step} from './step.ts';
import {downtimeInverse} from './undo.ts';
import {visibleCourse, visibleHosts} from './visible-hosts.ts';

export interface ConsoleModelOptions {
  readonly store: NocStore;
  readonly outside: Outside;
  readonly t: Translate;
  readonly format: Format;
  readonly me: string | null;
  readonly isReadOnly: boolean;
  /** The face reads aloud. */
  readonly isSpoken?: boolean;
  /** As they come unless the person changed some. */
  readonly keys?: Keys;
  readonly columns: number;
  readonly rows: number;
  /** Clipboard, files and settings. */
  readonly desk: Desk;
  /** Lines of the command line from other days, newest first. */
  readonly history?: readonly string[];
  /** Effects that are not the store's. */
  readonly onQuit: () => void;
  readonly onSuspend: () => void;
  readonly onRedraw: () => void;
}

/** The console without a screen: takes keys and news, hands out scenes. Shaped for `useSyncExternalStore`. */
export interface ConsoleModel {
  subscribe(listener: () => void): () => void;
  getScene(): Scene;
  /** One press, by the name that `keyName` gives it. */
  press(key: string): void;
  /** Pasted text: goes into an open prompt, and nowhere else (security rule 47). */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** The newest scene stands on the screen now. */
  painted(): void;
  /** One line for the technician. */
  say(text: string): void;
  /** From now on in that language. */
  speak(t: Translate, format: Format): void;
  context(): DrawContext;
  close(): void;
}

export function openConsoleModel(options: ConsoleModelOptions): ConsoleModel {
  return new Model(options);
}

class Model implements ConsoleModel {
  #options: ConsoleModelOptions;
  readonly #derive = createDeriver();
  readonly #outcomes = createOutcomeWatch();
  readonly #linkNews = createLinkNews();
  readonly #hosts;
  readonly #pace: NewsPace;
  readonly #glance: Glance;
  readonly #listeners = new Set<() => void>();
  readonly #undos: (() => void)[] = [];
  #scene: Scene;
  #size: {readonly columns: number; readonly rows: number};
  #lastPress: LastPress | null = null;

  constructor(options: ConsoleModelOptions) {
    this.#options = options;
    const {store, outside, me, isReadOnly, isSpoken = false, columns, rows, keys = DEFAULT_KEYS} = options;
    this.#glance = createGlance(outside.clock);
    this.#pace = createNewsPace(outside.clock, outside.timers, () => this.#refresh());
    this.#hosts = createHostWatch(store, this.#pace.heard);
    this.#size = {columns, rows};
    const now = outside.clock.now();
    const view = store.getSnapshot();
    const state = {...INITIAL_STATE, history: options.history ?? []};
    const derived = this.#derive(view, {...state, wantsHosts: false, wantsSla: false}, null, now);
    const hasBanner = bannerLine({state, ...derived}, columns, this.context(now)) !== null;
    const layout = layoutOf(columns, rows, state, hasBanner);
    const first = {
      view,
      ...derived,
      now,
      rowNow: now,
      layout,
      trends: this.#hosts.trends(),
      course: 'waiting' as const,
      me,
      isReadOnly,
      isSpoken,
      keys,
    };
    this.#scene = settle({state, ...first}, this.context(now));
    this.#undos.push(
      store.subscribe(this.#pace.heard),
      this.#pace.close,
      outside.timers.every(SECOND, () => this.#onSecond()),
    );
    this.#pace.heard();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getScene = (): Scene => this.#scene;

  context(now: Instant = this.#scene.rowNow): DrawContext {
    const {t, format, me} = this.#options;
    return {t, format, now, me};
  }

  press(key: string): void {
    for (const one of apart(key, this.#scene.state.prompt !== null)) this.#pressOne(one);
  }

  #pressOne(key: string): void {
    const now = this.#now();
    const isShared =
      this.#scene.state.prompt === null && this.#scene.keys.of(key, keyPlace(this.#scene.state))?.shared === true;
    const isHeld = isShared && isRepeat(key, now, this.#lastPress);
    this.#lastPress = {key, at: now};
    if (isHeld) return;
    const hands = {t: this.#options.t, now};
    if (isShared && this.#glance.isBlind()) {
      const gone = notice(hands.t('console.refused.gone'), now, 'warning');
      this.#become({...this.#scene.state, notice: gone});
      return;
    }
    this.#take(press(isShared ? this.#asSeen() : this.#scene, key, hands));
  }

  paste(text: string): void {
    const {prompt} = this.#scene.state;
    if (prompt === null) return;
    this.#take(pasteInPrompt(prompt, text, this.#scene, {t: this.#options.t, now: this.#now()}));
  }

  resize(columns: number, rows: number): void {
    this.#size = {columns, rows};
    this.#become(this.#scene.state);
  }

  painted(): void {
    this.#pace.painted();
    this.#glance.painted(this.#scene);
  }

  #asSeen(): Scene {
    const meant = this.#glance.meant();
    return meant === null ? this.#scene : asSeen(this.#scene, meant);
  }

  say(text: string): void {
    this.#become({...this.#scene.state, notice: notice(text, this.#now(), 'warning')});
  }

  speak(t: Translate, format: Format): void {
    this.#options = {...this.#options, t, format};
    this.#refresh();
  }

  close(): void {
    for (const undo of this.#undos.splice(0).reverse()) undo();
  }

  #now(): Instant {
    return this.#options.outside.clock.now();
  }

  #take({state, effects}: Step): void {
    this.#become(state);
    for (const effect of effects) this.#carryOut(effect);
  }

  #carryOut(effect: Effect): void {
    const {store, onQuit, onSuspend, onRedraw} = this.#options;
    switch (effect.type) {
      case 'send':
        for (const command of effect.commands) this.#send(command);
        this.#refresh();
        break;
      case 'reconnect':
        store.reconnect();
        break;
      case 'redraw':
        onRedraw();
        break;
      case 'suspend':
        onSuspend();
        break;
      case 'quit':
        onQuit();
        break;
      default:
        this.#toDesk(effect);
    }
  }

  /** What the desk cannot do is told in the user's language. */
  #toDesk(effect: DeskEffect): void {
    const now = this.#now();
    try {
      const {say, keys} = carryToDesk(effect, this.#options.desk, this.#scene, this.context());
      if (keys !== null) this.#publish({...this.#scene, keys}, null);
      if (say !== null) this.#become({...this.#scene.state, notice: notice(say, now)});
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#become({...this.#scene.state, notice: notice(faultText(error, this.#options.t), now, 'warning')});
    }
  }

  #send(command: OutgoingCommand): void {
    const {collector, body, expectedVersion, subject} = command;
    const cid = this.#options.store.send(collector, body, expectedVersion);
    this.#outcomes.sent(cid, command);
    if (body.kind !== 'downtime') return;
    const known = this.#scene.view.collectors.find(({url}) => url === collector)?.state ?? null;
    const back: OutgoingCommand = {collector, body: downtimeInverse(cid, known), expectedVersion: null, subject};
    const {state} = this.#scene;
    const commands = [...(state.undo?.commands ?? []), back];
    this.#become({...state, undo: {commands, doneAt: this.#now()}});
  }

  /** The header ticks by the second, rows by the minute. */
  #onSecond(): void {
    const now = this.#now();
    const isNewMinute = Math.floor(now / MINUTE) !== Math.floor(this.#scene.rowNow / MINUTE);
    const {state} = this.#scene;
    const isOver = state.notice !== null && now >= state.notice.until;
    if (isNewMinute) this.#refresh();
    else this.#publish({...this.#tick(now), state: isOver ? {...state, notice: null} : state}, null);
  }

  /** Rows tick by the second only while a deadline among them is near. */
  #tick(now: Instant): Scene {
    const isNear = this.#scene.lists.matters.some(row => {
      const due = dueAt(row.type === 'fold' ? foldFacts(row.fold).clocked : row.entry);
      return due !== null && Math.abs(due - now) < TICKS_BY_SECOND;
    });
    return isNear ? {...this.#scene, rowNow: now} : this.#scene;
  }

  /** Takes the newest picture into the scene. */
  #refresh(): void {
    const now = this.#now();
    this.#pace.taken();
    const view = this.#options.store.getSnapshot();
    const {state} = this.#scene;
    const news = this.#outcomes.news(view, this.context(now), now) ?? this.#linkNews(view, this.context(now), now);
    this.#publish({...this.#scene, view, rowNow: now, state: news === null ? state : {...state, notice: news}}, view);
  }

  #become(state: Scene['state']): void {
    const {state: before, view} = this.#scene;
    const isSameQuestion = isSameNarrowing(before, state) && state.main === before.main;
    this.#publish({...this.#scene, state}, isSameQuestion ? null : view);
  }

  /** @param news - The picture to make the lists from; null keeps them. */
  #publish(next: Scene, news: NocView | null): void {
    const before = this.#scene;
    const now = this.#now();
    const {state} = next;
    const isSame = isSameNarrowing(before.state, state);
    const row = isSame ? rowAtCursor({state, lists: before.lists}) : null;
    const held = row === null ? null : {row, index: state.lists.alerts.index, rows: before.lists.alerts};
    const [wantsHosts, wantsSla] = [state.main === 'hosts', state.main === 'sla'];
    const derived =
      news === null
        ? {lists: next.lists, totals: next.totals}
        : this.#derive(news, {...state, wantsHosts, wantsSla}, held, next.rowNow);
    const {columns, rows} = this.#size;
    const hasBanner = bannerLine({...next, ...derived}, columns, this.context(now)) !== null;
    const layout = layoutOf(columns, rows, state, hasBanner);
    const trends = this.#hosts.trends();
    const listed = unfold(before, state, derived.lists);
    const moved = settle({...next, ...derived, ...listed, now, layout, trends}, this.context(next.rowNow));
    const wanted = visibleCourse(moved);
    const scene = {...moved, course: this.#hosts.course(wanted) ?? 'waiting'} satisfies Scene;
    const was = state.lists.alerts.cursor;
    const isMoved = was !== null && isSame && scene.state.lists.alerts.cursor !== was;
    // What became part of an incident, or is left of one, is the same matter still; what joined it is not acted on yet.
    if (isMoved && !isSameMatter(row, rowAtCursor(scene))) this.#glance.jumped();
    this.#scene = scene;
    this.#hosts.look(visibleHosts(scene), wanted, now);
    for (const listener of this.#listeners) listener();
  }
}

function isSameNarrowing(a: Scene['state'], b: Scene['state']): boolean {
  return a.filters === b.filters && a.customer === b.customer && a.order === b.order && a.group === b.group;
}
