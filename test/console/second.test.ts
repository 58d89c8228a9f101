import {expect, test} from 'vitest';
import {DEFAULT_KEYS} from '../../src/console/keys.ts';
import {openConsoleModel} from '../../src/console/model.ts';
import {SECOND} from '../../src/domain/time.ts';
import {createFormat} from '../../src/runtime/format.ts';
import {createTranslate} from '../../src/runtime/i18n.ts';
import {busyNight} from './night.ts';

const t = createTranslate('de');
const NOTHING = (): void => {};

/** Panes make their lines anew when a part of the scene is another object: see `PanePlace`. */
test('a second in which nothing happens is a new time and nothing else, so that no pane makes its lines again', async () => {
  const {noc, outside} = busyNight();
  const model = openConsoleModel({
    store: noc,
    outside,
    t,
    format: createFormat('de', t),
    me: null,
    isReadOnly: false,
    columns: 120,
    rows: 40,
    desk: {
      copy: NOTHING,
      write: NOTHING,
      theme: NOTHING,
      language: NOTHING,
      keepFilters: () => DEFAULT_KEYS,
      keepHistory: NOTHING,
    },
    onQuit: NOTHING,
    onSuspend: NOTHING,
    onRedraw: NOTHING,
  });
  await outside.advanceAsync(2 * SECOND);
  const {now: before, layout, ...panes} = model.getScene();
  await outside.advanceAsync(SECOND);
  const after = model.getScene();
  expect(after.now).toBe(before + SECOND);
  expect(after.layout).toEqual(layout);
  const changed = Object.entries(panes).filter(([name, value]) => after[name as keyof typeof panes] !== value);
  expect(changed.map(([name]) => name)).toEqual([]);
  model.close();
});
