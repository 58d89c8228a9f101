import {closeSync, fstatSync, openSync, renameSync, writeSync} from 'node:fs';
import {dirname} from 'node:path';
import {fileError, makePrivateFolder} from './durable-file.ts';
import type {LogSink} from './log.ts';

const OWNER_FILE = 0o600;

/**
 * A log file of a face, which has no standard error to spare: `FILE`, and `FILE.1` once that is full. Both together hold
 * at most `totalBytes` (security rule 53). A full disk loses lines, never the program.
 */
export function logFileSink(file: string, totalBytes = 2_000_000): LogSink {
  makePrivateFolder(dirname(file));
  const mostBytes = Math.floor(totalBytes / 2);
  let descriptor = openSync(file, 'a', OWNER_FILE);
  let bytes = fstatSync(descriptor).size;

  const rotate = (): void => {
    renameSync(file, `${file}.1`);
    const full = descriptor;
    descriptor = openSync(file, 'a', OWNER_FILE);
    closeSync(full);
    bytes = 0;
  };

  return {
    write(line) {
      const size = Buffer.byteLength(line);
      try {
        if (bytes > 0 && bytes + size > mostBytes) rotate();
        writeSync(descriptor, line);
        bytes += size;
      } catch (error) {
        if (fileError(error) === '') throw error;
      }
    },
  };
}
