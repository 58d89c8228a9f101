import type {Link, NocView} from '../client/noc.ts';
import type {Instant} from '../domain/time.ts';
import {silentLine} from '../view/calm.ts';
import type {DrawContext} from '../view/draw-context.ts';
import type {Notice} from './state.ts';

const LINK_NOTICE_MS = 10_000;

/** Tells when the link of a collector that was live is lost, or refused: what, where, and which key helps. */
export function createLinkNews(): (view: NocView, context: DrawContext, now: Instant) => Notice | null {
  const before = new Map<string, Link>();
  return (view, context, now) => {
    let news: Notice | null = null;
    for (const collector of view.collectors) {
      const was = before.get(collector.url);
      before.set(collector.url, collector.link);
      if (was === collector.link) continue;
      const isLost = collector.link === 'refused' || (collector.link === 'down' && was === 'live');
      const [sentence] = silentLine(collector, context);
      if (isLost && sentence !== undefined) news = {...sentence, until: now + LINK_NOTICE_MS};
    }
    return news;
  };
}
