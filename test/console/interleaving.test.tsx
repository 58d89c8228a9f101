import fc from 'fast-check';
import {expect, test} from 'vitest';
import {SECOND} from '../../src/domain/time.ts';
import {openConsole} from '../support/console.tsx';
import type {HeadlessTerminal} from '../support/headless-terminal.ts';
import {openHeldLine} from '../support/held-line.ts';
import {busyNight, raised} from './night.ts';

/** Keys that mean the same at every size. Not the events': their cursor stays where it was when news come in above it. */
const KEYS = ['?', '?', '1', '2', '3'];

const step = fc.oneof(
  {weight: 3, arbitrary: fc.constantFrom(...KEYS).map(key => ({type: 'key', key}) as const)},
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.integer({min: 40, max: 150}), fc.integer({min: 12, max: 45}))
      .map(([columns, rows]) => ({type: 'size', columns, rows}) as const),
  },
  // The signal comes late, and one may stand for several sizes.
  {weight: 3, arbitrary: fc.constant({type: 'signal'} as const)},
  {weight: 2, arbitrary: fc.integer({min: 1, max: 4000}).map(most => ({type: 'read', most}) as const)},
  {weight: 2, arbitrary: fc.constantFrom('typed', 'cut', 'lost').map(how => ({type: 'answer', how}) as const)},
  {weight: 1, arbitrary: fc.constant({type: 'news'} as const)},
  {weight: 2, arbitrary: fc.integer({min: 0, max: 1500}).map(ms => ({type: 'time', ms}) as const)},
  {weight: 2, arbitrary: fc.constant({type: 'turn'} as const)},
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function play(steps: readonly Step[], room: number): Promise<void> {
  const {noc, outside} = busyNight();
  const line = openHeldLine(room);
  using console = openConsole({store: noc, outside, columns: 150, rows: 45, line});
  const pressed: string[] = [];
  let [news, passedMs] = [0, 0];
  const take = async (one: Step): Promise<void> => {
    switch (one.type) {
      case 'key':
        pressed.push(one.key);
        return console.inputSoon(one.key);
      case 'size':
        console.terminal.resize(one.columns, one.rows);
        // Terminals keep, move or lose what stood there; this one loses it.
        return console.terminal.write('\x1b[2J');
      case 'signal':
        return console.hearSize();
      case 'read':
        return line.read(one.most);
      case 'answer': {
        const answers = line.takeAnswers();
        if (one.how === 'typed') console.inputSoon(answers);
        if (one.how !== 'cut') return;
        console.inputSoon(answers.slice(0, -2));
        await new Promise(resolve => setImmediate(resolve));
        return console.inputSoon(answers.slice(-2));
      }
      case 'news':
        news++;
        // No worse than what the cursor stands on: a console that was there before would stay with that.
        noc.append('berlin', [
          raised({n: 300 + news, customer: 'mueller', host: `neu-${news}`, severity: 'warning', summary: 'Neues'}),
        ]);
        return;
      case 'time':
        passedMs += one.ms;
        return console.pass(one.ms);
      case 'turn':
        return new Promise(resolve => setImmediate(resolve));
      default:
        return one satisfies never;
    }
  };
  for (const one of steps) await take(one);
  // The last change of a size is always told, and in the end everything is read and answered.
  console.hearSize();
  // Both tick at the same instants.
  await console.pass(SECOND - (passedMs % SECOND));
  for (let turn = 0; turn < 4; turn++) {
    await console.pass(SECOND);
    line.read();
    console.inputSoon(line.takeAnswers());
  }
  const {columns, rows} = console.terminal;
  using fresh = openConsole({store: noc, outside, columns, rows});
  await fresh.frame();
  await fresh.press(...pressed);
  await fresh.pass(SECOND);
  await console.frame();
  line.read();
  console.inputSoon(line.takeAnswers());
  await console.frame();
  line.read();
  expect(console.terminal.lines().map(row => row.trimEnd())).toEqual(fresh.terminal.lines().map(row => row.trimEnd()));
  expect(looks(console.terminal)).toEqual(looks(fresh.terminal));
}

/** Row by row, what the eye sees: a blank shows no more of its style than the background, unless something is drawn on it. */
function looks(terminal: HeadlessTerminal): readonly string[] {
  return terminal.cells().map(row =>
    row
      .map(({text, style}) => {
        const isBare = text === ' ' && !/inverse|underline|strike|overline/.test(style);
        return `${text}${isBare ? style.replace(/^[^/]*\/(\S+).*$/, '$1') : style}`;
      })
      .join(' '),
  );
}

/** The terminal is small for a moment, and as large as before when the signal is taken; then somebody asks for help. */
const SMALL_FOR_A_MOMENT: readonly Step[] = [
  {type: 'time', ms: 0},
  {type: 'read', most: 100_000},
  {type: 'time', ms: 0},
  {type: 'size', columns: 80, rows: 24},
  {type: 'size', columns: 150, rows: 45},
  {type: 'signal'},
  {type: 'key', key: '?'},
];

test('however sizes, keys, news, answers and reading interleave, the end is what a fresh console draws', async () => {
  const steps: fc.Arbitrary<readonly Step[]> = fc.array(step, {minLength: 1, maxLength: 25});
  const room = fc.constantFrom(200, 4096, Number.POSITIVE_INFINITY);
  await fc.assert(fc.asyncProperty(steps, room, play), {
    numRuns: 8,
    examples: [[SMALL_FOR_A_MOMENT, Number.POSITIVE_INFINITY]],
  });
});
