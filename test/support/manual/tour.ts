import {readFileSync} from 'node:fs';
import {join} from 'node:path';

const FRAMES = join(import.meta.dirname, '../../frames/console');

/** `<!-- frame: night-80x24-en -->` and the block of code below it. */
const PLACE = /(<!-- frame: ([\w-]+) -->\n)(?:```\n[\s\S]*?\n```\n)?/g;

/** A golden frame as a person sees it, without most of the rows that are empty. */
function frame(name: string): string {
  const rows = readFileSync(join(FRAMES, `${name}.txt`), 'utf8')
    .trimEnd()
    .split('\n')
    .map(row => row.slice(0, -1).trimEnd());
  return rows.filter((row, index) => row !== '' || rows[index - 1] !== '').join('\n');
}

/** A page with the golden frame of that name below each `<!-- frame: … -->`: what it shows is what the tests saw. */
export function withFrames(page: string): string {
  return page.replace(PLACE, (_all, mark: string, name: string) => `${mark}\`\`\`\n${frame(name)}\n\`\`\`\n`);
}
