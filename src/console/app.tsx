import {Box} from 'ink';
import {useMemo, useSyncExternalStore} from 'react';
import {Pane} from '../../widgets/console/pane.tsx';
import {Rows} from '../../widgets/console/rows.tsx';
import type {Paint} from '../../widgets/console/theme.ts';
import {fitLine, spread} from '../view/cells.ts';
import {headerLine} from '../view/header-line.ts';
import {type Line, part} from '../view/tone.ts';
import {bannerLine} from './banner.ts';
import {bottomLine} from './bottom-line.ts';
import {helpLines} from './help-lines.ts';
import type {Layout, PaneBox} from './layout.ts';
import type {ConsoleModel} from './model.ts';
import {outOfSight, outOfSightLine} from './out-of-sight.ts';
import {paneContent} from './pane-lines.ts';
import {paneTitle} from './pane-title.ts';
import type {Scene} from './scene.ts';
import {bodyRows} from './settle.ts';
import {tinyLines} from './tiny-lines.ts';
import {useKeys} from './use-keys.ts';

interface Face {
  readonly model: ConsoleModel;
  readonly paint: Paint;
}

/** The console: header, panes, last row. Draws the newest scene, and hands keys to the model. */
export function App({model, paint}: Face) {
  const scene = useSyncExternalStore(model.subscribe, model.getScene);
  useKeys(model);
  const {layout} = scene;
  if (layout.kind === 'tiny') {
    const lines = tinyLines(scene, model.context());
    return <Rows lines={lines} width={layout.columns} height={layout.rows} paint={paint} />;
  }
  return (
    <Box flexDirection="column" width={layout.columns} height={layout.rows}>
      <Header scene={scene} model={model} paint={paint} />
      <Banner scene={scene} model={model} paint={paint} />
      <Body scene={scene} layout={layout} model={model} paint={paint} />
      <Rows lines={[bottomLine(scene, model.context().t)]} width={layout.columns} height={1} paint={paint} />
    </Box>
  );
}

function Header({scene, model, paint}: Face & {readonly scene: Scene}) {
  const {columns} = scene.layout;
  const context = {...model.context(), now: scene.now};
  const line = headerLine(scene.view, scene.totals.waiting, columns, context);
  return <Rows lines={[line]} width={columns} height={1} paint={paint} />;
}

/** The next deadline, while something is at risk; what lies over the list takes its row. */
function Banner({scene, model, paint}: Face & {readonly scene: Scene}) {
  const {columns} = scene.layout;
  const line = bannerLine(scene, columns, {...model.context(), now: scene.now});
  return line === null ? null : <Rows lines={[line]} width={columns} height={1} paint={paint} />;
}

type RoomyLayout = Exclude<Layout, {kind: 'tiny'}>;

function Body({scene, layout, model, paint}: Face & {readonly scene: Scene; readonly layout: RoomyLayout}) {
  const {help, question} = scene.state;
  const {t} = model.context();
  if (help !== null) {
    const lines = helpLines(layout.columns - 4, scene.keys.bindings, t);
    return <Overlay title={t('console.title.help')} lines={lines} top={help} layout={layout} paint={paint} />;
  }
  if (question !== null && question.list.length > 0) {
    const lines = question.list.map((text): Line => [part(text)]);
    return <Overlay title={question.text} lines={lines} top={question.top} layout={layout} paint={paint} />;
  }
  const place = (box: PaneBox | null) =>
    box === null ? null : <PanePlace key={box.pane} box={box} scene={scene} model={model} paint={paint} />;
  if (layout.kind === 'single') return place(layout.body);
  return (
    <>
      <Box>
        {place(layout.customers)}
        {place(layout.main)}
      </Box>
      <Box>
        {place(layout.detail)}
        {place(layout.events)}
      </Box>
    </>
  );
}

function Overlay({
  title,
  lines,
  top,
  layout,
  paint,
}: {
  readonly title: string;
  readonly lines: readonly Line[];
  /** The first that is shown. */
  readonly top: number;
  readonly layout: RoomyLayout;
  readonly paint: Paint;
}) {
  const height = bodyRows(layout) + 2;
  return (
    <Pane
      title={[part(title, 'strong')]}
      corner={outOfSightLine(outOfSight(top, top + bodyRows(layout), lines.length))}
      lines={lines.slice(top)}
      width={layout.columns}
      height={height}
      isFocused
      paint={paint}
    />
  );
}

/** One pane. Its lines are only made again when something it shows may have changed: not with every second. */
function PanePlace({box, scene, model, paint}: Face & {readonly box: PaneBox; readonly scene: Scene}) {
  const {state, lists, view, totals, trends, course, rowNow, layout} = scene;
  const {pane, width, height, isFramed} = box;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of the scene that rows are made of, and not its clock
  const {title, corner, lines} = useMemo(() => {
    const context = model.context();
    const content = paneContent(box, scene, context);
    return {title: paneTitle(box, scene, context), corner: outOfSightLine(content.hidden), lines: content.lines};
  }, [model, pane, width, height, isFramed, state, lists, view, totals, trends, course, rowNow]);
  if (isFramed) {
    return (
      <Pane
        title={title}
        corner={corner}
        lines={lines}
        width={width}
        height={height}
        isFocused={state.pane === pane}
        paint={paint}
      />
    );
  }
  const head: readonly Line[] = [titleRow(title, corner, layout.columns), [part('─'.repeat(layout.columns), 'frame')]];
  return <Rows lines={[...head, ...lines]} width={width} height={height + head.length} paint={paint} />;
}

function titleRow(title: Line, corner: Line, width: number): Line {
  return corner.length === 0 ? fitLine(title, width) : spread(title, [part('  '), ...corner], width);
}
