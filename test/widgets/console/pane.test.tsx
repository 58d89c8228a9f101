import {renderToString} from 'ink';
import {render} from 'ink-testing-library';
import {expect, test} from 'vitest';
import {part} from '../../../src/view/tone.ts';
import {Pane} from '../../../widgets/console/pane.tsx';
import {Rows} from '../../../widgets/console/rows.tsx';
import {createPaint} from '../../../widgets/console/theme.ts';

const plain = createPaint({});

function drawn(node: Parameters<typeof renderToString>[0], columns: number): readonly string[] {
  return renderToString(node, {columns}).split('\n');
}

test('a pane has its title in its border, and is exactly as large as it was told', () => {
  const lines = [[part('▲ Müller')], [part('✓ 漢字')], [part('too many')]];
  const pane = (
    <Pane title={[part('Kunden')]} corner={[]} lines={lines} width={16} height={4} isFocused paint={plain} />
  );
  expect(drawn(pane, 16)).toEqual(['┌ Kunden ──────┐', '│ ▲ Müller     │', '│ ✓ 漢字       │', '└──────────────┘']);
});

test('a title that is too long is cut', () => {
  const pane = (
    <Pane
      title={[part('Ein sehr langer Titel')]}
      corner={[]}
      lines={[]}
      width={14}
      height={3}
      isFocused={false}
      paint={plain}
    />
  );
  expect(drawn(pane, 14)).toEqual(['┌ Ein sehr… ─┐', '│            │', '└────────────┘']);
});

test('what stands in the corner stays whole, and the title is cut before it', () => {
  const pane = (
    <Pane
      title={[part('Ein langer Titel')]}
      corner={[part('↓ 12')]}
      lines={[]}
      width={20}
      height={3}
      isFocused={false}
      paint={plain}
    />
  );
  expect(drawn(pane, 20)[0]).toBe('┌ Ein lang… ─ ↓ 12 ┐');
});

test('rows are as many as there is room for, blank ones included, in the style of their parts', () => {
  const paint = createPaint({critical: '1;91', dim: '2'});
  const rows = (
    <Rows
      lines={[[part('▲ KRIT', 'critical'), part(' 5 min', 'dim'), part('   ')]]}
      width={20}
      height={3}
      paint={paint}
    />
  );
  const [first, ...others] = drawn(rows, 20);
  expect(first).toContain('▲ KRIT');
  expect(others).toHaveLength(2);
  expect(paint([part('a', 'critical'), part('b', 'critical'), part('c')])).toBe('\x1b[1;91mab\x1b[0mc');
});

test('the caret is seen behind the last letter, though it is a blank', () => {
  const paint = createPaint({caret: '7'});
  const rows = (
    <Rows lines={[[part('Notiz: ab'), part(' ', 'caret'), part('      ')]]} width={20} height={1} paint={paint} />
  );
  expect(drawn(rows, 20)[0]).toContain('\x1b[7m');
});

test('drawn again with other rows, a pane shows those alone', () => {
  const pane = (text: string) => (
    <Pane
      title={[part('Alarme')]}
      corner={[]}
      lines={[[part(text)]]}
      width={16}
      height={3}
      isFocused={false}
      paint={plain}
    />
  );
  const {lastFrame, rerender, unmount} = render(pane('Platte voll'));
  expect(lastFrame()).toContain('│ Platte voll  │');
  rerender(pane('behoben'));
  expect(lastFrame()).toContain('│ behoben      │');
  unmount();
});
