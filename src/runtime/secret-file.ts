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
 * @throws {Fault} `SECRET_FILE` when it cannot be read, `SECRET_FILE_EMPTY`, `SECRET_FILE_LONG`, `SECRET_FILE_LINES`.
 */
export function readSecretFile(file: string): FileSecret {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(MOST_BYTES + 1);
      const length = readSync(descriptor, buffer);
      const secret = buffer.toString('utf8', 0, length).trim();
      const fault = problem(secret, length, file);
      if (fault !== null) throw fault;
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

function problem(secret: string, bytes: number, file: string): Fault | null {
  const values = {file, max: MOST_BYTES};
  if (bytes > MOST_BYTES) {
    return new Fault(
      'SECRET_FILE_LONG',
      `the secret file ${file} is longer than ${MOST_BYTES} bytes: is it the right one?`,
      values,
    );
  }
  if (secret === '') return new Fault('SECRET_FILE_EMPTY', `the secret file ${file} is empty`, values);
  if (!/[\x00-\x1f\x7f]/.test(secret)) return null;
  return new Fault('SECRET_FILE_LINES', `the secret file ${file} holds more than one line of text`, values);
}
