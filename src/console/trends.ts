/** Recent figures of one host, oldest first, evenly spaced. */
export interface HostTrend {
  readonly cpu: readonly (number | null)[];
  readonly memory: readonly (number | null)[];
  readonly disk: readonly (number | null)[];
}

export const NO_TREND: HostTrend = {cpu: [], memory: [], disk: []};

/** Trends of the hosts on the screen, by the key of their entry. */
export type HostTrends = ReadonlyMap<string, HostTrend>;
