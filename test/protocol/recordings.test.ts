import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {decodeServerFrame} from '../../src/client/decode.ts';
import {asked, join, NOTHING_RECEIVED} from '../../src/client/reception.ts';
import {apply} from '../../src/domain/apply.ts';
import {digest} from '../../src/domain/digest.ts';
import {fromItems, type SnapItem} from '../../src/domain/snapshot.ts';
import {emptyState, type NocState} from '../../src/domain/state.ts';
import {clientFrameReader} from '../../src/protocol/client-frame.ts';
import type {ServerFrame} from '../../src/protocol/frames.ts';
import {safeText} from '../../src/runtime/safe-text.ts';
import {recordProtocol} from '../support/record-protocol.ts';

const folder = new URL('../fixtures/protocol/', import.meta.url);
const readClientFrame = clientFrameReader((text, units) => safeText(text, {bytes: units}));
const everything = () => true;

interface Said {
  readonly from: 'collector' | 'console';
  readonly frame: unknown;
}

function saidIn(text: string): readonly Said[] {
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}

function recording(name: string): readonly Said[] {
  return saidIn(readFileSync(new URL(name, folder), 'utf8'));
}

/** Fields of each kind of frame. */
function shapes(said: readonly Said[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(said.map(({frame}) => [(frame as {t: string}).t, Object.keys(frame as object)]));
}

/** The picture that a client of today makes of the frames, checked where the collector of then said what it should be. */
function picture(frames: readonly ServerFrame[]): NocState {
  let state = emptyState();
  let items: SnapItem[] = [];
  let occurrences = 0;
  let reception = asked(NOTHING_RECEIVED);
  for (const frame of frames) {
    switch (frame.t) {
      case 'snap':
      case 'item':
      case 'snapend':
      case 'd':
      case 'mark': {
        const joined = join(reception, frame);
        expect(joined.verdict, frame.t).toBe('take');
        reception = joined.reception;
        if (frame.t === 'snap') [items, occurrences] = [[], frame.occurrences];
        if (frame.t === 'item') items.push(...frame.items);
        if (frame.t === 'snapend') state = fromItems(frame.seq, occurrences, items);
        if (frame.t === 'd') state = apply(state, frame.events);
        if ('digest' in frame) expect(digest(state, everything), `${frame.t} ${frame.seq}`).toBe(frame.digest);
        break;
      }
      default:
    }
  }
  return state;
}

test('the recording of this release shows the frames of this release (record-protocol.ts --write)', async () => {
  expect(shapes(recording(`${packageJson.version}.jsonl`))).toEqual(shapes(saidIn(await recordProtocol())));
});

describe.each(readdirSync(folder))('what was said in release %s is understood today', name => {
  const said = recording(name);

  test('by the client: every frame is known, joins on, and makes the picture of then', () => {
    const texts = said.filter(({from}) => from === 'collector').map(({frame}) => JSON.stringify(frame));
    const frames = texts.map(text => decodeServerFrame(text)?.frame);
    expect(frames).not.toContain(undefined);
    const kinds = new Set(frames.map(frame => frame?.t));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['hello', 'snap', 'item', 'snapend', 'live', 'd', 'mark', 'cack', 'history']),
    );
    expect(picture(frames as ServerFrame[]).alerts.size).toBe(2);
  });

  test('by the collector: every frame is read as it was written', () => {
    const frames = said.filter(({from}) => from === 'console').map(({frame}) => frame);
    expect(frames.length).toBeGreaterThan(10);
    for (const frame of frames) expect(readClientFrame(JSON.stringify(frame))).toEqual(frame);
  });
});
