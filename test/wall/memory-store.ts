import type {CollectorView, NocView} from '../../src/client/noc.ts';
import type {CustomerId} from '../../src/domain/address.ts';
import {apply} from '../../src/domain/apply.ts';
import type {DomainEvent, LogEntry} from '../../src/domain/event.ts';
import {emptyState} from '../../src/domain/state.ts';
import type {Instant} from '../../src/domain/time.ts';
import type {WallStore} from '../../src/wall/picture.ts';
import {text} from '../support/frames.ts';

/** A store without a link: collectors that say what a test lets them say, folded by the real fold. */
export class MemoryStore implements WallStore {
  readonly #views = new Map<string, CollectorView>();

  /** Its first picture is whole, and empty. */
  addCollector(name: string, heardAt: Instant, over: Partial<CollectorView> = {}): void {
    this.#views.set(name, {
      url: `ws://${name}:7420/ws`,
      name: text(name),
      tag: name.slice(0, 1).toUpperCase(),
      version: '0.1.0',
      link: 'live',
      reason: null,
      since: heardAt,
      heardAt,
      skewMs: 0,
      who: {name: text('wand'), role: 'viewer', customers: null},
      state: emptyState(),
      samples: new Map(),
      sources: [],
      progress: new Map(),
      months: new Map(),
      ...over,
    });
  }

  /** The collector commits these events, of this customer, at `at` and is heard doing so. */
  append(name: string, at: Instant, events: readonly DomainEvent[], customer: CustomerId | null = null): void {
    const view = this.#viewOf(name);
    const state = view.state ?? emptyState();
    const entries = events.map(
      (event, index): LogEntry => ({
        seq: state.seq + index + 1,
        at,
        customer,
        actor: null,
        cid: null,
        event,
      }),
    );
    this.change(name, {state: apply(state, entries), heardAt: Math.max(at, view.heardAt ?? at)});
  }

  /** A sign of life. */
  heard(name: string, at: Instant): void {
    this.change(name, {heardAt: at});
  }

  change(name: string, over: Partial<CollectorView>): void {
    this.#views.set(name, {...this.#viewOf(name), ...over});
  }

  getSnapshot(): NocView {
    return {collectors: [...this.#views.values()], commands: []};
  }

  #viewOf(name: string): CollectorView {
    const view = this.#views.get(name);
    if (view === undefined) throw new Error(`no collector ${name}`);
    return view;
  }
}
