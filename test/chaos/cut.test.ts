import {expect, test} from 'vitest';
import type {NocView} from '../../src/client/noc.ts';
import {openDirect} from '../../src/client/open-direct.ts';
import {Outbox} from '../../src/client/outbox.ts';
import type {Store} from '../../src/client/store.ts';
import {digest} from '../../src/domain/digest.ts';
import {realOutside} from '../../src/runtime/outside-real.ts';
import {virtualOutside} from '../support/clock.ts';
import {CollectorProcess} from '../support/collector-process.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {CuttingProxy} from './cutting-proxy.ts';

const CUTS = Number(process.env.NOCTURNE_CHAOS_CUTS ?? 60);
const SEED = Number(process.env.NOCTURNE_CHAOS_SEED ?? 20_261_121);
const ALERTS = 300;
/** A cut falls within this many bytes of a new line: in the upgrade, the snapshot, an event or a command. */
const LONGEST_LINE_BYTES = 12_000;

/** Resolves with the first picture that fits. */
function picture(store: Store, fits: (view: NocView) => boolean): Promise<NocView> {
  return new Promise(resolve => {
    const look = () => {
      const view = store.getSnapshot();
      if (!fits(view)) return;
      unsubscribe();
      resolve(view);
    };
    const unsubscribe = store.subscribe(look);
    look();
  });
}

async function report(collector: CollectorProcess, token: string, number: number): Promise<void> {
  const answer = await fetch(`${collector.http}/v1/ingest/custom`, {
    method: 'POST',
    headers: {authorization: `Bearer ${token}`, 'content-type': 'application/json'},
    body: JSON.stringify({
      key: `k${number}`,
      status: 'firing',
      severity: 'warning',
      customer: 'mueller',
      host: `srv-${number}`,
      summary: 'Lüfter langsam',
    }),
  });
  expect(answer.status).toBe(202);
}

test(`a line cut ${CUTS} times at random bytes: no gap, nothing twice, every command applied once`, {
  timeout: 120_000,
}, async () => {
  const {random} = virtualOutside({seed: SEED});
  await using collector = await CollectorProcess.start();
  const ingest = await collector.token('ingest');
  await using proxy = await CuttingProxy.open(collector.port, () =>
    proxy.cuts < CUTS ? Math.ceil(random.next() * LONGEST_LINE_BYTES) : null,
  );
  const url = `ws://127.0.0.1:${proxy.port}/ws`;
  using folder = temporaryFolder();
  const options = {outside: realOutside, as: null, wantsPicture: true};
  const torn = openDirect({
    ...options,
    outbox: new Outbox(folder.path),
    collectors: [{url, token: await collector.token('technician', 'jana'), name: 'torn', ca: null}],
  });
  const commanded = new Set<string>();
  const acknowledge = () => {
    const state = torn.getSnapshot().collectors[0]?.state;
    for (const alert of state?.alerts.values() ?? []) {
      if (commanded.has(alert.occurrence)) continue;
      commanded.add(alert.occurrence);
      torn.send(url, {kind: 'ack', occurrence: alert.occurrence, note: null, until: null, sticky: false}, null);
    }
  };
  torn.subscribe(acknowledge);
  // The backoff has its own test: here every cut is followed by the next try at once.
  torn.subscribe(() => {
    if (torn.getSnapshot().collectors[0]?.link === 'down') torn.reconnect();
  });
  for (let number = 0; number < ALERTS; number++) {
    await report(collector, ingest, number);
  }
  const isDone = ({collectors: [view]}: NocView) => {
    const alerts = [...(view?.state?.alerts.values() ?? [])];
    return view?.link === 'live' && alerts.length === ALERTS && alerts.every(alert => alert.ack !== null);
  };
  const end = await picture(torn, isDone);
  expect(proxy.cuts).toBeGreaterThan(CUTS / 3);

  const whole = openDirect({
    ...options,
    collectors: [{url: `${collector.url}/ws`, token: await collector.token('viewer'), name: 'whole', ca: null}],
  });
  const torn0 = end.collectors[0]?.state;
  const whole0 = (
    await picture(
      whole,
      ({collectors: [view]}) => view?.link === 'live' && view.state !== null && view.state.seq >= (torn0?.seq ?? 0),
    )
  ).collectors[0]?.state;
  if (torn0 === null || torn0 === undefined || whole0 === null || whole0 === undefined) throw new Error('no picture');
  expect(digest(torn0, () => true)).toBe(digest(whole0, () => true));
  for (const alert of whole0.alerts.values()) {
    expect(
      alert.timeline.filter(moment => moment.what === 'alert.acknowledged'),
      alert.occurrence,
    ).toHaveLength(1);
  }
  await Promise.all([torn.close(), whole.close()]);
});
