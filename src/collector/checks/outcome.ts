import type {HostSample} from '../../domain/check.ts';
import type {CheckObservation} from '../../domain/observation.ts';

/**
 * What one run of a check found. Texts are raw still, in the short English that monitoring plugins speak: they are data of the
 * check, as the output of a plugin is, and not words of the interface.
 */
export interface Outcome {
  readonly state: CheckObservation['state'];
  /** First line. */
  readonly output: string;
  /** More lines, or null. */
  readonly longOutput: string | null;
  /** Figures of the host that came along, for the samples lane. */
  readonly figures: Partial<Omit<HostSample, 'at'>>;
}

/** An outcome without more lines or figures. */
export function outcome(state: Outcome['state'], output: string, figures: Outcome['figures'] = {}): Outcome {
  return {state, output, longOutput: null, figures};
}
