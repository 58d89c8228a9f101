import type {ComingFull} from '../view/host-course.ts';

/** Recent figures of one host, oldest first, evenly spaced. */
export interface HostTrend {
  readonly cpu: readonly (number | null)[];
  readonly memory: readonly (number | null)[];
  readonly disk: readonly (number | null)[];
  /** The file system that will be full first. */
  readonly full: ComingFull | null;
}

export const NO_TREND: HostTrend = {cpu: [], memory: [], disk: [], full: null};

/** Trends of the hosts on the screen, by the key of their entry. */
export type HostTrends = ReadonlyMap<string, HostTrend>;
