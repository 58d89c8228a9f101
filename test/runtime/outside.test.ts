import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {realOutside} from '../../src/runtime/outside-real.ts';
import {uuidV7} from '../../src/runtime/uuid.ts';
import {NIGHT, virtualOutside} from '../support/clock.ts';

describe('uuidV7', () => {
  test('gives the example of RFC 9562, appendix A.6', () => {
    const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(uuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  test('sorts by time, whatever the random part is', () => {
    const instant = fc.nat({max: 2 ** 47});
    const random = fc.uint8Array({minLength: 10, maxLength: 10});
    fc.assert(
      fc.property(instant, instant, random, random, (a, b, x, y) => {
        if (a !== b) expect(uuidV7(a, x) < uuidV7(b, y)).toBe(a < b);
      }),
    );
  });
});

describe('realOutside', () => {
  test('makes version 7 ids that carry the time, and secrets of the asked length', () => {
    const id = realOutside.random.uuid(NIGHT);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(NIGHT);
    expect(Buffer.from(realOutside.random.secret(32), 'base64url')).toHaveLength(32);
  });

  test('a wait longer than Node can hold does not fire at once', async () => {
    let fired = false;
    const cancel = realOutside.timers.after(2 ** 31 + 5, () => {
      fired = true;
    });
    await new Promise<void>(resolve => realOutside.timers.after(5, resolve));
    cancel();
    expect(fired).toBe(false);
  });
});

describe('virtualOutside', () => {
  test('runs timers in the order of their instants, ties in the order of their making', () => {
    const outside = virtualOutside();
    const seen: string[] = [];
    const note = (name: string) => () => void seen.push(`${name}@${outside.clock.now() - NIGHT}`);
    outside.timers.after(20, note('b'));
    outside.timers.after(10, note('a'));
    outside.timers.after(20, note('c'));
    outside.timers.every(8, note('tick'));
    outside.timers.after(5, note('cancelled'))();
    outside.advance(20);
    expect(seen).toEqual(['tick@8', 'a@10', 'tick@16', 'b@20', 'c@20']);
  });

  test('timers started by timers run within the same advance', () => {
    const outside = virtualOutside();
    let rounds = 0;
    const again = (): void => {
      rounds++;
      outside.timers.after(10, again);
    };
    outside.timers.after(10, again);
    outside.advance(100);
    expect(rounds).toBe(10);
    expect(outside.pending()).toBe(1);
  });

  test('advanceAsync lets promise chains between timers settle', async () => {
    const outside = virtualOutside();
    const sleep = (ms: number) => new Promise<void>(resolve => outside.timers.after(ms, resolve));
    let rounds = 0;
    const loop = async (): Promise<void> => {
      for (; rounds < 5; rounds++) await sleep(10);
    };
    const done = loop();
    await outside.advanceAsync(50);
    await done;
    expect(outside.clock.now()).toBe(NIGHT + 50);
  });

  test('the same seed gives the same randomness, another one another', () => {
    const draw = (seed: number) => {
      const {random} = virtualOutside({seed});
      return [random.next(), random.uuid(NIGHT), random.secret(8)];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test('a jump of the wall clock runs no timer', () => {
    const outside = virtualOutside();
    let fired = false;
    outside.timers.after(10, () => {
      fired = true;
    });
    outside.jump(60_000);
    expect(fired).toBe(false);
    expect(outside.clock.now()).toBe(NIGHT + 60_000);
  });
});
