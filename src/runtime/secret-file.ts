import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {Fault} from '../domain/fault.ts';
import {fileError} from './durable-file.ts';

/** No token or key of ours is longer; more is the wrong file. */
const MOST_BYTES = 4096;
const OTHERS = 0o077;

/** A secret and, when others than its owner could have read it, the command that mends that (security rule 8). */
export interface FileSecret {
  readonly secret: string;
  /** `chmod 600 FILE`, to be said once; null when nobody else can read it. */
  readonly mend: string | null;
}

/**
 * Reads a token or key from its own file, without the line break at the end. No message ever holds the content (security rule 10).
 *
 * @throws {Fault} `SECRET_FILE` when it is missing, cannot be read, is empty, too long, or holds more than one line.
 */
export function readSecretFile(file: string): FileSecret {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(MOST_BYTES + 1);
      const length = readSync(descriptor, buffer);
      const secret = buffer.toString('utf8', 0, length).trim();
      const wrong = problem(secret, length);
      if (wrong !== null) throw new Fault('SECRET_FILE', `the secret file ${file} ${wrong}`, {file, reason: wrong});
      const isOpen = (fstatSync(descriptor).mode & OTHERS) !== 0;
      return {secret, mend: isOpen ? `chmod 600 ${quoted(file)}` : null};
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    const reason = fileError(error);
    throw new Fault('SECRET_FILE', `the secret file ${file} cannot be read: ${reason}`, {file, reason});
  }
}

/** As a shell wants it. */
function quoted(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}

function problem(secret: string, bytes: number): string | null {
  if (bytes > MOST_BYTES) return `is longer than ${MOST_BYTES} bytes`;
  if (secret === '') return 'is empty';
  return /[\x00-\x1f\x7f]/.test(secret) ? 'holds more than one line of text' : null;
}
