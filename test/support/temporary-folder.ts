import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A folder of its own for a test; gone at the end of the block: `using folder = temporaryFolder()`. */
export function temporaryFolder(): {readonly path: string; file(name: string): string} & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'nocturne-'));
  return {
    path,
    file: name => join(path, name),
    [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true}),
  };
}
