import fc from 'fast-check';
import {expect, test} from 'vitest';
import {OutputWindow} from '../../../src/collector/checks/output-window.ts';

test('head and tail are kept, whatever the pieces, and what is missing is marked', () => {
  fc.assert(
    fc.property(fc.array(fc.string({unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12})), pieces => {
      const window = new OutputWindow(20);
      for (const piece of pieces) window.push(Buffer.from(piece));
      const all = pieces.join('');
      expect(window.size).toBe(all.length);
      expect(window.text()).toBe(all.length <= 20 ? all : `${all.slice(0, 10)}\n…\n${all.slice(-10)}`);
    }),
  );
});
