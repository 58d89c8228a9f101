import type {Target} from './socket.ts';

/** A collector as the settings, the environment or the command line name it. */
export interface CollectorAddress extends Target {
  /** What to call it before it has said its own name; null takes host and port. */
  readonly name: string | null;
}
