import {writeFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type FirstRun, firstRun} from '../../src/cli/first-run.ts';
import type {Language} from '../../src/runtime/i18n.ts';
import type {Settings} from '../../src/runtime/settings.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const tokenFile = folder.file('token');
beforeAll(() => writeFileSync(tokenFile, 'geheim\n', {mode: 0o600}));
afterAll(() => folder[Symbol.dispose]());

interface Asked {
  readonly result: FirstRun;
  /** Questions, answers and what was said, as on the screen. */
  readonly transcript: string;
  readonly kept: readonly Partial<Settings>[];
  readonly tried: readonly string[];
}

async function answer(
  answers: readonly (string | null)[],
  {language = 'de' as Language, refusals = [] as readonly string[], unreachable = [] as readonly string[]} = {},
): Promise<Asked> {
  const lines: string[] = [];
  const kept: Partial<Settings>[] = [];
  const tried: string[] = [];
  const left = [...answers];
  const problems = [...refusals];
  const dead = new Set(unreachable);
  const result = await firstRun({
    language,
    defaultTheme: 'dark',
    async ask(question) {
      const text = left.shift() ?? null;
      lines.push(`${question}${text ?? '^D'}`.replaceAll(folder.path, '/FOLDER'));
      return text;
    },
    say: line => void lines.push(line.replaceAll(folder.path, '/FOLDER')),
    async reach(url) {
      return dead.has(url) ? 'berlin: nicht erreichbar' : null;
    },
    async connect({url, token}) {
      tried.push(`${url} ${token}`);
      return problems.shift() ?? null;
    },
    keep: settings => void kept.push(settings),
  });
  return {result, transcript: `${lines.join('\n')}\n`, kept, tried};
}

describe('the first run', () => {
  test.each(['de', 'en'] as const)('asks until each answer works, and keeps only that, in %s', async language => {
    const answers = ['', 'kein Sammler', 'ws://127.0.0.1:7420', folder.file('fehlt'), tokenFile];
    const again = ['ws://127.0.0.1:7421', tokenFile, 'bunt', 'night'];
    const {result, transcript, kept, tried} = await answer([...answers, ...again], {
      language,
      refusals: ['berlin: 401'],
    });
    await expect(transcript).toMatchFileSnapshot(`../frames/cli/first-run-${language}.txt`);
    expect(result).toMatchObject({type: 'connect', language, themeName: 'night'});
    expect(tried).toEqual(['ws://127.0.0.1:7420/ws geheim', 'ws://127.0.0.1:7421/ws geheim']);
    expect(kept).toEqual([
      {
        profile: 'default',
        profiles: {default: {urls: ['ws://127.0.0.1:7421/ws'], tokenFile, lang: null, theme: null}},
        lang: language,
        theme: 'night',
      },
    ]);
  });

  test('rule 10: the token itself is never kept nor shown', async () => {
    const {transcript, kept} = await answer(['', 'ws://127.0.0.1:7420', tokenFile, '']);
    expect(transcript + JSON.stringify(kept)).not.toContain('geheim');
  });

  test('an address where nobody answers is asked for again, before any token', async () => {
    const answers = ['', 'ws://127.0.0.1:1', 'ws://127.0.0.1:7420', tokenFile, ''];
    const {result, transcript, tried} = await answer(answers, {unreachable: ['ws://127.0.0.1:1/ws']});
    expect(result.type).toBe('connect');
    expect(transcript.indexOf('nicht erreichbar')).toBeLessThan(transcript.indexOf('Datei mit dem Token'));
    expect(tried).toEqual(['ws://127.0.0.1:7420/ws geheim']);
  });

  test('an empty address shows the demo, and nothing is kept', async () => {
    const {result, kept} = await answer(['en', '']);
    expect(result).toEqual({type: 'demo', language: 'en'});
    expect(kept).toEqual([]);
  });

  test.each([[[null]], [['', null]], [['', 'ws://127.0.0.1:7420', null]]])(
    'the end of input leaves: %j',
    async answers => {
      const {result, kept} = await answer(answers);
      expect(result).toEqual({type: 'quit'});
      expect(kept).toEqual([]);
    },
  );
});
