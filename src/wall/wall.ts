import type {Stage} from '../../widgets/wall/stage.ts';
import type {CustomerId} from '../domain/address.ts';
import {type DurationMs, HOUR, type Instant, MINUTE, SECOND} from '../domain/time.ts';
import {createFormat} from '../runtime/format.ts';
import {createTranslate, type Language} from '../runtime/i18n.ts';
import type {Outside} from '../runtime/outside.ts';
import {brightnessAt} from './brightness.ts';
import {compose, hasContent, leavesOf, type Showing} from './compose.ts';
import type {FramePainter} from './frame-painter.ts';
import {type Layout, layoutOf} from './layout.ts';
import type {PageContext} from './page-context.ts';
import {createPicture, type Picture, type WallStore} from './picture.ts';
import {type Course, type Move, move, pageOf, type Rotation, startRotation, tick} from './rotation.ts';
import type {WallSettings} from './settings.ts';
import {type Trend, trendOf} from './trend.ts';
import {dismissed, interrupting, NOTHING_URGENT, noticeUrgent, type Urgency} from './urgency.ts';

/** The terminal as the wall needs it. */
export interface WallTerminal {
  size(): {readonly columns: number; readonly rows: number};
  write(bytes: string): void;
  /** It has not taken all of what was written. */
  isBusy(): boolean;
}

/** What a wall is made of. */
export interface WallParts {
  readonly store: WallStore;
  readonly terminal: WallTerminal;
  /** Of the size of the terminal. */
  readonly stage: Stage;
  readonly painter: Pick<FramePainter, 'paint' | 'forget' | 'setBrightness'>;
  readonly settings: WallSettings;
  readonly lang: Language;
  /** For this customer's own lobby; null shows all. */
  readonly customer: CustomerId | null;
  readonly hasDots: boolean;
  readonly outside: Pick<Outside, 'clock' | 'timers'>;
}

/** The whole screen is drawn anew this often: whoever else wrote to a terminal nobody touches is gone then. */
const WHOLE_EVERY_MS: DurationMs = 10 * MINUTE;
const TREND_EVERY_MS: DurationMs = MINUTE;
/** Resizing a window sends many sizes a second; one frame for this long is enough. */
const SETTLE_MS: DurationMs = 50;

/**
 * The wall while it runs: looks at the store once a second, on the second, and draws what changed. All it keeps is bounded:
 * the trend of a day, the urgent of a quarter of an hour, one frame.
 */
export class Wall {
  readonly #parts: WallParts;
  readonly #look: ReturnType<typeof createPicture>;
  readonly #format: ReturnType<typeof createFormat>;
  readonly #t: ReturnType<typeof createTranslate>;
  #layout: Layout;
  #rotation: Rotation;
  #urgency: Urgency = NOTHING_URGENT;
  #trend: Trend = [];
  #trendAt: Instant | null = null;
  /** When the wall first saw something. */
  #watchedSince: Instant | null = null;
  #brightness: number;
  #wholeAt: Instant;
  #isHeld = false;
  /** A frame was not drawn when it was due. */
  #isBehind = false;
  #cancelTick: (() => void) | null = null;
  #cancelSettle: (() => void) | null = null;

  constructor(parts: WallParts) {
    this.#parts = parts;
    const {terminal, painter, outside, settings, lang} = parts;
    const now = outside.clock.now();
    this.#look = createPicture(parts.customer);
    this.#t = createTranslate(lang);
    this.#format = createFormat(lang, this.#t);
    const {columns, rows} = terminal.size();
    this.#layout = layoutOf(columns, rows, settings.scale);
    this.#rotation = startRotation(now);
    this.#brightness = brightnessAt(settings.dim, minuteOfDay(now));
    this.#wholeAt = now;
    painter.setBrightness(this.#brightness);
  }

  start(): void {
    this.#tick();
  }

  stop(): void {
    this.#cancelTick?.();
    this.#cancelSettle?.();
    this.#parts.stage.close();
  }

  /** Turns the page or holds it. Turning also sends away what interrupts: somebody has seen it. */
  move(what: Move): void {
    const now = this.#parts.outside.clock.now();
    const picture = this.#picture(now);
    if (what !== 'pause') this.#urgency = dismissed(this.#urgency, now);
    this.#rotation = move(this.#rotation, this.#course(picture), what, now);
    this.#draw(picture);
  }

  /** The terminal takes bytes again: draws what is true now, if a frame was held back. */
  catchUp(): void {
    if (this.#isBehind) this.#drawNow();
  }

  /** The screen is not ours for a while: nothing is drawn until `repaint`. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Draws the whole screen anew, at once. */
  repaint(): void {
    this.#isHeld = false;
    this.#parts.painter.forget();
    this.#drawNow();
  }

  /** The terminal has another size, which is taken over as soon as it rests. */
  resize(): void {
    this.#cancelSettle ??= this.#parts.outside.timers.after(SETTLE_MS, () => {
      this.#cancelSettle = null;
      const {terminal, stage, painter, settings} = this.#parts;
      const {columns, rows} = terminal.size();
      this.#layout = layoutOf(columns, rows, settings.scale);
      stage.resize(columns, rows);
      painter.forget();
      this.#drawNow();
    });
  }

  #tick(): void {
    const {clock, timers} = this.#parts.outside;
    const now = clock.now();
    const picture = this.#picture(now);
    const urgent = interrupting(this.#urgency, picture.alerts, now);
    this.#rotation = tick(this.#rotation, this.#course(picture), now, urgent.length > 0 || picture.isBlind);
    this.#dim(now);
    this.#refresh(now);
    this.#draw(picture);
    this.#cancelTick = timers.after(SECOND - (clock.now() % SECOND), () => this.#tick());
  }

  #picture(now: Instant): Picture {
    const picture = this.#look(this.#parts.store.getSnapshot(), now);
    const loaded = picture.view.collectors.filter(({state}) => state !== null).map(({url}) => url);
    this.#urgency = noticeUrgent(this.#urgency, picture.alerts, loaded, now);
    if (!picture.isBlind) this.#watchedSince ??= now;
    if (this.#watchedSince !== null && isTrendOld(this.#trendAt, now)) {
      this.#trendAt = now;
      this.#trend = trendOf(this.#trend, picture.view, this.#watchedSince, now);
    }
    return picture;
  }

  #drawNow(): void {
    this.#draw(this.#picture(this.#parts.outside.clock.now()));
  }

  #draw(picture: Picture): void {
    const {terminal, stage, painter, customer, hasDots} = this.#parts;
    // What it has not taken is not followed by more, so that nothing piles up; what is true by then is drawn when it has.
    this.#isBehind = this.#isHeld || terminal.isBusy();
    if (this.#isBehind) return;
    const urgent = interrupting(this.#urgency, picture.alerts, picture.now);
    const course = this.#course(picture);
    const showing: Showing = {
      page: urgent.length > 0 ? 'now' : pageOf(this.#rotation, course),
      leaf: urgent.length > 0 ? 0 : this.#rotation.leaf,
      pages: course.pages,
      isPaused: this.#rotation.isPaused,
      urgent,
      trend: this.#trend,
      title: titleOf(picture, customer),
    };
    const context: PageContext = {
      t: this.#t,
      format: this.#format,
      now: picture.now,
      me: null,
      scale: this.#layout.scale,
      hasDots,
    };
    terminal.write(painter.paint(stage.frame(compose(picture, showing, this.#layout, context))));
  }

  #course(picture: Picture): Course {
    const {pages, rotateMs} = this.#parts.settings;
    return {
      pages,
      rotateMs,
      leaves: page => leavesOf(page, picture, this.#layout, this.#parts.hasDots),
      hasContent: page => hasContent(page, picture),
    };
  }

  #dim(now: Instant): void {
    const brightness = brightnessAt(this.#parts.settings.dim, minuteOfDay(now));
    if (brightness === this.#brightness) return;
    this.#brightness = brightness;
    this.#parts.painter.setBrightness(brightness);
  }

  #refresh(now: Instant): void {
    if (Math.abs(now - this.#wholeAt) < WHOLE_EVERY_MS) return;
    this.#wholeAt = now;
    this.#parts.painter.forget();
  }
}

/** A minute has passed, or a new hour has begun, which nothing is known of before it is reckoned. */
function isTrendOld(at: Instant | null, now: Instant): boolean {
  return at === null || Math.abs(now - at) >= TREND_EVERY_MS || Math.floor(at / HOUR) !== Math.floor(now / HOUR);
}

/** Of the clock on the wall where the wall hangs. */
function minuteOfDay(now: Instant): number {
  const local = new Date(now);
  return local.getHours() * 60 + local.getMinutes();
}

/** In a customer's lobby, the customer's name. */
function titleOf({view}: Picture, customer: CustomerId | null): string {
  if (customer === null) return 'Nocturne';
  for (const {state} of view.collectors) {
    const known = state?.customers.get(customer);
    if (known !== undefined) return known.name;
  }
  return customer;
}
