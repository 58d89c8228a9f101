import {Fault} from '../../domain/fault.ts';
import type {ExporterConfig} from '../../runtime/collector-config.ts';
import type {Clock, Timers} from '../../runtime/outside.ts';
import {discard, httpGet, readBody} from '../checks/http-get.ts';
import {expositionReader} from './exposition.ts';
import type {FactsReader, HostFacts} from './host-facts.ts';
import {nodeFacts} from './node-exporter.ts';
import {windowsFacts} from './windows-exporter.ts';

/**
 * An exporter answers 50 to 300 kB, which is more than security rule 38 lets other answers have; this much is read as a stream, of which
 * nothing but the facts is kept.
 */
const MOST_BODY_BYTES = 4 * 1024 * 1024;

const OK = 200;

/** One scrape that succeeded. */
export interface Scrape {
  readonly facts: HostFacts;
  readonly samples: number;
  readonly tookMs: number;
}

function readerFor(type: ExporterConfig['type'], now: number): FactsReader {
  switch (type) {
    case 'node':
      return nodeFacts();
    case 'windows':
      return windowsFacts(now);
    default:
      throw type satisfies never;
  }
}

/**
 * Scrapes one exporter.
 *
 * @throws {Fault} `SCRAPE_STATUS`, `SCRAPE_SIZE`, `EXPOSITION_SYNTAX`, `SCRAPE_EMPTY`, `CHECK_URL`; anything else thrown is an error
 * of the network.
 */
export async function scrape(
  exporter: ExporterConfig,
  signal: AbortSignal,
  {clock, timers}: {readonly clock: Clock; readonly timers: Timers},
): Promise<Scrape> {
  const startedAt = clock.now();
  const accept = 'text/plain;version=0.0.4';
  const response = await httpGet({url: exporter.url, ca: null, accept, signal, timers});
  if (response.status !== OK) {
    discard(response);
    throw new Fault('SCRAPE_STATUS', `HTTP ${response.status}`);
  }
  const facts = readerFor(exporter.type, startedAt);
  let samples = 0;
  const reader = expositionReader(sample => {
    samples += 1;
    facts.take(sample);
  });
  const isWhole = await readBody(response, MOST_BODY_BYTES, chunk => reader.push(chunk));
  if (!isWhole) throw new Fault('SCRAPE_SIZE', `answer is larger than ${MOST_BODY_BYTES / 1024 / 1024} MiB`);
  reader.end();
  if (samples === 0) throw new Fault('SCRAPE_EMPTY', 'no metrics in the answer');
  return {facts: facts.facts(), samples, tookMs: clock.now() - startedAt};
}
