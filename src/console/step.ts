import {type DurationMs, type Instant, SECOND} from '../domain/time.ts';
import type {Language, Translate} from '../runtime/i18n.ts';
import type {Tone} from '../view/tone.ts';
import type {SavedFilter} from './keys.ts';
import type {Scene} from './scene.ts';
import type {ConsoleState, Notice, OutgoingCommand} from './state.ts';

/** What a key leads to beside a new state; the console carries it out. */
export type Effect =
  | {readonly type: 'send'; readonly commands: readonly OutgoingCommand[]}
  | {readonly type: 'reconnect'}
  | {readonly type: 'redraw'}
  | {readonly type: 'suspend'}
  | {readonly type: 'quit'}
  | DeskEffect;

/** What goes to the desk around the console: clipboard, files, settings. */
export type DeskEffect =
  /** The alert under the cursor, as text. */
  | {readonly type: 'copy'}
  /** The alerts of the list. */
  | {readonly type: 'export'; readonly file: string}
  | {readonly type: 'theme'; readonly name: string}
  | {readonly type: 'language'; readonly language: Language}
  /** `done` is said when they are kept. */
  | {readonly type: 'keepFilters'; readonly filters: readonly SavedFilter[]; readonly done: string}
  | {readonly type: 'keepHistory'; readonly lines: readonly string[]};

export interface Step {
  readonly state: ConsoleState;
  readonly effects: readonly Effect[];
}

/** What an action sees beside the scene. */
export interface Hands {
  readonly t: Translate;
  readonly now: Instant;
}

export type Action = (scene: Scene, hands: Hands) => Step;

const NOTICE_MS: DurationMs = 6 * SECOND;

export function stay(scene: Scene): Step {
  return {state: scene.state, effects: []};
}

export function become(state: ConsoleState): Step {
  return {state, effects: []};
}

export function notice(text: string, now: Instant, tone: Tone = 'plain'): Notice {
  return {text, tone, until: now + NOTICE_MS};
}

/** Nothing happens but a line that says why. */
export function refuse(scene: Scene, text: string, now: Instant): Step {
  return become({...scene.state, notice: notice(text, now, 'warning')});
}
