import {describe, expect, test} from 'vitest';
import {Fault} from '../../src/domain/fault.ts';
import {createShutdown} from '../../src/runtime/shutdown.ts';
import {runWall, type WallOptions} from '../../src/wall/main.ts';
import {virtualOutside} from '../support/clock.ts';
import {nightStore} from './night.ts';

/** A process with these streams, which must not be touched further. */
function start(
  streams: {readonly isInputTty: boolean; readonly isOutputTty: boolean; readonly term: string},
  flags = {},
): string {
  const outside = virtualOutside();
  const process = {
    stdin: {isTTY: streams.isInputTty},
    stdout: {isTTY: streams.isOutputTty},
    env: {TERM: streams.term},
    on: () => process,
    exit: () => {},
  };
  const shutdown = createShutdown({process, timers: outside.timers, report: () => {}});
  try {
    runWall({
      store: nightStore(),
      lang: 'de',
      flags,
      customer: null,
      process: process as unknown as WallOptions['process'],
      outside,
      shutdown,
    });
  } catch (error) {
    if (error instanceof Fault) return error.code;
  }
  return 'none';
}

describe('starting the wall', () => {
  test.each([
    [{isInputTty: false, isOutputTty: true, term: 'xterm'}, 'NOT_A_TERMINAL'],
    [{isInputTty: true, isOutputTty: false, term: 'xterm'}, 'NOT_A_TERMINAL'],
    [{isInputTty: true, isOutputTty: true, term: 'dumb'}, 'TERMINAL_TOO_PLAIN'],
  ])('on %j is refused before anything is written (rule 50)', (streams, code) => {
    expect(start(streams)).toBe(code);
  });

  test('with a flag that makes no sense is refused first', () => {
    expect(start({isInputTty: false, isOutputTty: false, term: 'dumb'}, {scale: '9'})).toBe('WALL_SCALE');
  });
});
