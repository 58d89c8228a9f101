import {type DurationMs, SECOND} from '../domain/time.ts';
import type {CliContext} from './context.ts';
import {isLive, type Links, until} from './links.ts';

/** A collector hands out this many figures in one go; of a larger fleet the rest follows by the second. */
const ONE_GO = 500;
const LONGEST_WAIT_MS: DurationMs = 3 * SECOND;

/** Asks for the newest figures of all hosts and waits for them. A host that was never heard has none. */
export async function waitForSamples(context: CliContext, {store, deadline}: Links): Promise<void> {
  const live = store.getSnapshot().collectors.filter(isLive);
  // The answer to a question comes behind the first lot of figures.
  const answers = live.map(async ({url, state}) => {
    store.watch(url, 'all');
    const [host] = state?.ofHost.keys() ?? [];
    if (host !== undefined) await store.history(url, host, SECOND * 60, 1).catch(() => null);
  });
  await Promise.race([Promise.all(answers), until(context, store, deadline, () => false)]);
  const latest = Math.min(deadline, context.outside.clock.now() + LONGEST_WAIT_MS);
  await until(context, store, latest, view =>
    view.collectors.filter(isLive).every(({state, samples}) => {
      if (samples.size < ONE_GO) return true;
      for (const key of state?.ofHost.keys() ?? []) if (!samples.has(key)) return false;
      return true;
    }),
  );
}

/** Waits until every collector has told when its sources were last heard, which it does with its marks. */
export async function waitForMark(context: CliContext, {store, deadline}: Links): Promise<void> {
  await until(context, store, deadline, view =>
    view.collectors.filter(isLive).every(({state, sources}) => sources.length > 0 || state?.sources.size === 0),
  );
}
