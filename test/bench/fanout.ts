import {fork} from 'node:child_process';
import {once} from 'node:events';
import {WebSocket} from 'ws';
import {CollectorProcess} from '../support/collector-process.ts';
import {percentile, round, spread} from './spread.ts';

const CONSOLES = 200;
const EVENTS = 120;
/** The first are left out: both sides compile their code there. */
const WARM_UP = 20;

interface Delivery {
  /** From the cause to each console's receipt. */
  readonly latenciesMs: readonly number[];
  /** From the first console's receipt to the last one's. */
  readonly spanMs: number;
  readonly bytes: string;
}

/** Waits until every console got its next frame of `kind` after `cause`. */
async function deliver(
  consoles: readonly WebSocket[],
  isWanted: (text: string) => boolean,
  cause: () => void,
): Promise<Delivery> {
  const begun = performance.now();
  const latenciesMs: number[] = [];
  let bytes = '';
  await new Promise<void>(resolve => {
    for (const socket of consoles) {
      const listen = (data: Buffer) => {
        const text = data.toString();
        if (!isWanted(text)) return;
        socket.off('message', listen);
        latenciesMs.push(performance.now() - begun);
        bytes = text;
        if (latenciesMs.length === consoles.length) resolve();
      };
      socket.on('message', listen);
    }
    cause();
  });
  return {latenciesMs, spanMs: (latenciesMs.at(-1) ?? 0) - (latenciesMs[0] ?? 0), bytes};
}

async function subscribed(url: string, token: string): Promise<WebSocket> {
  const socket = new WebSocket(url, ['nocturne.v1'], {
    headers: {authorization: `Bearer ${token}`},
    perMessageDeflate: false,
  });
  const live = new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.on('message', (data: Buffer) => {
      const frame: {t: string} = JSON.parse(data.toString());
      if (frame.t === 'hello')
        socket.send(JSON.stringify({t: 'sub', client: crypto.randomUUID(), epoch: null, seq: null, customers: null}));
      if (frame.t === 'live') resolve();
    });
  });
  await live;
  return socket;
}

/** One event to 200 consoles, and the same bytes from a `ws` server that does nothing else; turns are taken event by event. */
export async function benchFanout() {
  await using collector = await CollectorProcess.start();
  const viewer = await collector.token('viewer');
  const ingest = await collector.token('ingest');
  const bare = fork(new URL('bare-ws.ts', import.meta.url), {stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
  const [port] = (await once(bare, 'message')) as [number];
  const consoles = await Promise.all(Array.from({length: CONSOLES}, () => subscribed(`${collector.url}/ws`, viewer)));
  const peers = await Promise.all(
    Array.from({length: CONSOLES}, async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`, {perMessageDeflate: false});
      await once(socket, 'open');
      return socket;
    }),
  );
  const ours: Delivery[] = [];
  const theirs: Delivery[] = [];
  for (let event = 0; event < EVENTS; event++) {
    const own = await deliver(
      consoles,
      text => text.startsWith('{"t":"d"'),
      () => {
        fetch(`${collector.http}/v1/ingest/custom`, {
          method: 'POST',
          headers: {authorization: `Bearer ${ingest}`, 'content-type': 'application/json'},
          body: JSON.stringify({
            key: `k${event}`,
            status: 'firing',
            severity: 'critical',
            customer: 'mueller',
            host: `srv-${event}`,
            summary: 'Platte voll',
          }),
        }).catch(() => {});
      },
    );
    const peer = await deliver(
      peers,
      () => true,
      () => bare.send(own.bytes),
    );
    if (event < WARM_UP) continue;
    ours.push(own);
    theirs.push(peer);
  }
  for (const socket of [...consoles, ...peers]) socket.terminate();
  bare.kill();
  const own = spread(ours.map(delivery => delivery.spanMs));
  const peer = spread(theirs.map(delivery => delivery.spanMs));
  return {
    consoles: CONSOLES,
    p99Ms: round(
      percentile(
        ours.flatMap(delivery => delivery.latenciesMs).sort((a, b) => a - b),
        99,
      ),
    ),
    ratioToBareWs: round(own.median / peer.median),
    spanMsRuns: own,
    bareWsSpanMsRuns: peer,
  };
}
