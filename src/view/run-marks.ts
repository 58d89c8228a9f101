import type {JobStatus} from '../domain/backup/job-status.ts';
import type {Tone} from './tone.ts';

/** How the state of a job is drawn: shape first, so that it reads the same without colour. */
export interface RunMark {
  readonly shape: string;
  readonly tone: Tone;
}

/** The same in every list, in the strips of past runs, and on the wall. Source: BK-2. */
export const RUN_MARKS: Readonly<Record<JobStatus, RunMark>> = {
  success: {shape: '✓', tone: 'ok'},
  warning: {shape: '●', tone: 'warning'},
  failed: {shape: '▲', tone: 'critical'},
  missed: {shape: '○', tone: 'critical'},
  late: {shape: '▸', tone: 'warning'},
  running: {shape: '▹', tone: 'plain'},
  pending: {shape: '·', tone: 'dim'},
  disabled: {shape: '–', tone: 'dim'},
  unknown: {shape: '?', tone: 'unknown'},
};
