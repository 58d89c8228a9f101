// Writes generation after generation until it is killed; says each on standard output when it is durable.
import {writeDurably} from '../../src/runtime/durable-file.ts';

const [, , file = ''] = process.argv;
for (let generation = 1; ; generation++) {
  writeDurably(file, JSON.stringify({generation, filler: 'x'.repeat(20_000), end: generation}));
  process.stdout.write(`${generation}\n`);
}
