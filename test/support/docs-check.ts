import {readFileSync, writeFileSync} from 'node:fs';
import {relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {collectorJsonSchema} from './collector-json-schema.ts';
import {keyTables} from './manual/key-tables.ts';
import {manPage} from './manual/man-page.ts';
import {withFrames} from './manual/tour.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One file of the repository that is made from code, and how. */
export interface MadeFile {
  readonly path: string;
  readonly make: () => string;
}

/** Everything that must not drift from the code it is made from. */
export const MADE_FILES: readonly MadeFile[] = [
  {path: 'docs/keys.md', make: keyTables},
  {path: 'docs/nocturne.1', make: manPage},
  {path: 'config/schema/collector.schema.json', make: collectorJsonSchema},
  {path: 'README.md', make: () => withFrames(read('README.md') ?? '')},
];

function read(path: string): string | null {
  try {
    return readFileSync(`${ROOT}${path}`, 'utf8');
  } catch {
    return null;
  }
}

/** Paths of files whose text is not what the code makes now. */
export function driftedFiles(): readonly string[] {
  return MADE_FILES.filter(({path, make}) => read(path) !== make()).map(({path}) => path);
}

/** `npm run docs` writes them, `npm run docs:check` fails when one has drifted. */
function main(isWriting: boolean): number {
  const drifted = driftedFiles();
  if (isWriting) {
    for (const {path, make} of MADE_FILES) if (drifted.includes(path)) writeFileSync(`${ROOT}${path}`, make());
    return 0;
  }
  for (const path of drifted) {
    process.stderr.write(`${relative(process.cwd(), `${ROOT}${path}`)} has drifted: run \`npm run docs\`\n`);
  }
  return drifted.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main(process.argv.includes('--write'));
