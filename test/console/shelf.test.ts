import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {openShelf} from '../../src/console/shelf.ts';
import {makePrivateFolder, writeDurably} from '../../src/runtime/durable-file.ts';
import {readSettings, settingsFile} from '../../src/runtime/settings.ts';
import {type TemporaryFolder, temporaryFolder} from '../support/temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

function shelfOf(settings: object, profile: string | null) {
  const env = {XDG_CONFIG_HOME: folder.path, HOME: folder.path, XDG_STATE_HOME: folder.path};
  const file = settingsFile(env);
  makePrivateFolder(join(file, '..'));
  writeDurably(file, JSON.stringify(settings));
  const kept = () => JSON.parse(readFileSync(file, 'utf8'));
  return {shelf: openShelf(env, readSettings(file), profile), kept};
}

describe('what is kept of a running console', () => {
  const nord = {urls: [], theme: 'light', lang: 'en'};

  test('goes into the profile in use where that says it for itself, so that it holds the next time', async () => {
    const {shelf, kept} = shelfOf({theme: 'dark', lang: 'de', profiles: {nord, sued: {urls: []}}}, 'nord');
    await shelf.keep({theme: 'night'});
    await shelf.keep({lang: 'de'});
    expect(kept()).toMatchObject({theme: 'dark', lang: 'de'});
    expect(kept().profiles).toMatchObject({nord: {theme: 'night', lang: 'de'}, sued: {urls: []}});
  });

  test.each([['sued'], ['unknown'], [null]])(
    'goes into the settings where profile %s says nothing of it',
    async profile => {
      const {shelf, kept} = shelfOf({theme: 'dark', profiles: {nord, sued: {urls: []}}}, profile);
      await shelf.keep({theme: 'night', filters: []});
      expect(kept()).toMatchObject({theme: 'night', filters: [], profiles: {nord}});
    },
  );
});
