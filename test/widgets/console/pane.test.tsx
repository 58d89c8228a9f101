import {render} from 'ink-testing-library';
import {expect, test} from 'vitest';
import {type Line, part} from '../../../src/view/tone.ts';
import {Pane} from '../../../widgets/console/pane.tsx';

/** Without colours: what is looked at are the cells. */
const plain = (line: Line) => line.map(({text}) => text).join('');
const lines: readonly Line[] = [[part('Müller Maschinenbau')], [part('日本語サーバー')]];

function cells(width: number, height: number, title: string): readonly string[] {
  const {lastFrame, unmount} = render(
    <Pane title={[part(title)]} lines={lines} width={width} height={height} isFocused={false} paint={plain} />,
  );
  const frame = lastFrame() ?? '';
  unmount();
  return frame.split('\n');
}

test('a pane is a border with its title in it, and as wide and high as it was told', () => {
  expect(cells(26, 5, 'Kunden')).toEqual([
    '┌ Kunden ────────────────┐',
    '│ Müller Maschinenbau    │',
    '│ 日本語サーバー         │',
    '│                        │',
    '└────────────────────────┘',
  ]);
});

test('what is too wide is cut with an ellipsis by cells, title and lines alike', () => {
  expect(cells(14, 4, 'Sicherungen von heute')).toEqual([
    '┌ Sicherun… ─┐',
    '│ Müller Ma… │',
    '│ 日本語サ…  │',
    '└────────────┘',
  ]);
});
