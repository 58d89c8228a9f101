import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A folder of its own for a test. */
export interface TemporaryFolder extends Disposable {
  readonly path: string;
  /** The path of a name inside it. */
  file(name: string): string;
}

/** Gone at the end of the block: `using folder = temporaryFolder()`. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'nocturne-'));
  return {
    path,
    file: name => join(path, name),
    // Several turns: a program of the test that was just killed may still be adding a file.
    [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true, maxRetries: 5, retryDelay: 20}),
  };
}
