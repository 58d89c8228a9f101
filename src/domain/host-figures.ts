import type {FillJudgement} from './forecast/fill-forecast.ts';
import type {SafeText} from './text.ts';

/** The course of one file system in percent, oldest first, null where nothing was heard, and when it will be full. */
export interface DiskCourse {
  readonly mount: SafeText;
  readonly values: readonly (number | null)[];
  readonly forecast: FillJudgement;
}

/** From how many percent on a check of the host is a warning, or critical; null: never. */
export interface FigureLimit {
  readonly warning: number | null;
  readonly critical: number | null;
}

export type FigureLimits = Readonly<Record<'cpu' | 'memory' | 'disk', FigureLimit>>;
