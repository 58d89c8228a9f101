import type {CustomerId, HostKey} from '../domain/address.ts';
import {apply} from '../domain/apply.ts';
import {progressKey, type RunPulse} from '../domain/backup/run-progress.ts';
import type {HostSample} from '../domain/check.ts';
import {digest} from '../domain/digest.ts';
import type {MonthFigures} from '../domain/report/month-figures.ts';
import {openSnapshot, type SnapshotReader} from '../domain/snapshot.ts';
import type {NocState} from '../domain/state.ts';
import type {Instant} from '../domain/time.ts';
import type {SourcePulse} from '../protocol/frames.ts';
import type {PictureFrame} from './link.ts';

/** The picture of one collector, made of its frames. */
export interface Replica {
  /** The last whole picture; null before the first. It stays until a newer one is whole. */
  readonly state: NocState | null;
  readonly sources: readonly SourcePulse[];
  readonly samples: ReadonlyMap<HostKey, HostPulse>;
  readonly progress: ReadonlyMap<string, RunPulse>;
  readonly months: ReadonlyMap<CustomerId, MonthFigures>;
  /** A snapshot under way, read frame by frame; the one thing here that changes under the hands. */
  readonly loading: SnapshotReader | null;
}

export interface HostPulse {
  readonly lastSeenAt: Instant;
  readonly sample: HostSample | null;
}

export const EMPTY_REPLICA: Replica = {
  state: null,
  sources: [],
  samples: new Map(),
  progress: new Map(),
  months: new Map(),
  loading: null,
};

/** The collector has shown only what may be seen, so all that is here counts. */
const maySeeAll = (): boolean => true;

/**
 * Folds a frame of one collector into its replica; the link has checked that it joins on to those before.
 *
 * @returns null when the picture does not match the digest that the collector gave: then it must be taken anew.
 */
export function receive(replica: Replica, frame: PictureFrame): Replica | null {
  switch (frame.t) {
    case 'resumed':
      return replica.loading === null ? replica : {...replica, loading: null};
    case 'snap':
      return {...replica, loading: openSnapshot(frame.seq, frame.occurrences)};
    case 'item':
      replica.loading?.add(frame.items);
      return replica;
    case 'snapend': {
      const {loading} = replica;
      if (loading === null) return replica;
      const state = loading.finish();
      if (digest(state, maySeeAll) !== frame.digest) return null;
      return {...replica, state, loading: null};
    }
    case 'd':
      return replica.state === null ? replica : {...replica, state: apply(replica.state, frame.events)};
    case 'mark':
      if (replica.state === null) return replica;
      if (digest(replica.state, maySeeAll) !== frame.digest) return null;
      return {...replica, state: {...replica.state, seq: frame.seq}, sources: frame.sources};
    case 'samples': {
      const samples = new Map(replica.samples);
      for (const {key, lastSeenAt, sample} of frame.hosts) samples.set(key, {lastSeenAt, sample});
      return {...replica, samples};
    }
    case 'progress': {
      const progress = new Map(replica.progress);
      for (const pulse of frame.runs) progress.set(progressKey(pulse), pulse);
      return {...replica, progress};
    }
    case 'months': {
      const months = new Map(replica.months);
      for (const figures of frame.months) months.set(figures.customer, figures);
      return {...replica, months};
    }
    case 'history':
      return replica;
    default:
      return frame satisfies never;
  }
}
