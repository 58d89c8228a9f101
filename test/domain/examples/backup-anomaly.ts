import {backupAnomalies, type RunFigures} from '../../../src/domain/backup/anomaly.ts';
import {MINUTE} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';

interface Figures {
  readonly sizeBytes: number;
  readonly changedFiles: number;
  readonly totalFiles: number;
  readonly durationMinutes: number;
}

function toFigures({durationMinutes, ...figures}: Figures): RunFigures {
  return {...figures, durationMs: durationMinutes * MINUTE, compressionRatio: null, deletions: []};
}

export const backupAnomaly: ExampleRunner = ({input}) => {
  const {history, run} = input as unknown as {history: readonly Figures[]; run: Figures};
  return {flags: backupAnomalies(history.map(toFigures), toFigures(run))};
};
