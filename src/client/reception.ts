import type {ServerFrame} from '../protocol/frames.ts';

/** Frames of which a picture is made; they must join on to each other. */
export type StreamFrame = Extract<ServerFrame, {t: 'resumed' | 'snap' | 'item' | 'snapend' | 'd' | 'mark'}>;

/** A place in the log of one history. */
export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

/** How far the answer to the last `sub` has come. `cursor` is the last whole picture that was handed on; null: none. */
export interface Reception {
  readonly cursor: Cursor | null;
  /** `idle`: nothing is asked, or what was asked is void, and every frame is ignored until the next `sub`. */
  readonly stage: 'idle' | 'asked' | 'snapshot' | 'streaming';
  /** Of a snapshot under way. */
  readonly snapshot: {readonly epoch: string; readonly items: number} | null;
}

/** What to do with a frame: hand it on, pass over it, or subscribe anew (with no cursor: for a whole snapshot). */
export interface Joined {
  readonly verdict: 'take' | 'ignore' | 'subscribe';
  readonly reception: Reception;
}

export const NOTHING_RECEIVED: Reception = {cursor: null, stage: 'idle', snapshot: null};

/** A `sub` was sent: only its answer counts from now on. */
export function asked(reception: Reception): Reception {
  return {...reception, stage: 'asked', snapshot: null};
}

/** Nothing more is wanted until the next `sub`. */
export function silenced(reception: Reception): Reception {
  return {...reception, stage: 'idle', snapshot: null};
}

/**
 * Does this frame join on to those before it? A cut snapshot leaves the cursor where the last whole picture was,
 * because that is the one a face still holds.
 */
export function join(reception: Reception, frame: StreamFrame): Joined {
  const {cursor, stage, snapshot} = reception;
  const ignore: Joined = {verdict: 'ignore', reception};
  switch (frame.t) {
    case 'resumed':
      if (stage !== 'asked' || cursor === null) return ignore;
      return {verdict: 'take', reception: {cursor, stage: 'streaming', snapshot: null}};
    case 'snap':
      if (stage !== 'asked') return ignore;
      return {
        verdict: 'take',
        reception: {cursor, stage: 'snapshot', snapshot: {epoch: frame.epoch, items: 0}},
      };
    case 'item':
      if (snapshot === null) return ignore;
      return {
        verdict: 'take',
        reception: {...reception, snapshot: {...snapshot, items: snapshot.items + frame.items.length}},
      };
    case 'snapend':
      if (snapshot === null) return ignore;
      if (snapshot.items !== frame.count) return {verdict: 'subscribe', reception: NOTHING_RECEIVED};
      return {
        verdict: 'take',
        reception: {cursor: {epoch: snapshot.epoch, seq: frame.seq}, stage: 'streaming', snapshot: null},
      };
    case 'd':
    case 'mark':
      if (stage !== 'streaming' || cursor === null) return ignore;
      if (frame.prev !== cursor.seq) return {verdict: 'subscribe', reception: silenced(reception)};
      return {verdict: 'take', reception: {...reception, cursor: {epoch: cursor.epoch, seq: frame.seq}}};
    default:
      return frame satisfies never;
  }
}
