import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {notificationForm, notificationSequence} from '../../../src/console/telling/desktop-notification.ts';
import {startTeller} from '../../../src/console/telling/teller.ts';
import {SECOND} from '../../../src/domain/time.ts';
import {createTranslate} from '../../../src/runtime/i18n.ts';
import {safeText} from '../../../src/runtime/safe-text.ts';
import {virtualOutside} from '../../support/clock.ts';
import {text} from '../../support/frames.ts';
import {hostileText} from '../../support/hostile-text.ts';
import {VirtualNoc} from '../../support/virtual-noc.ts';
import {customerDefined, raised} from '../night.ts';

describe('the teller', () => {
  test('tells at once, and a storm together', () => {
    const outside = virtualOutside();
    const noc = new VirtualNoc(outside);
    noc.addCollector('berlin');
    const sent: string[] = [];
    const played: (readonly string[])[] = [];
    const stop = startTeller({
      store: noc,
      outside,
      t: createTranslate('de'),
      rules: {
        rules: [{matches: () => true, ways: ['bell', 'desktop', 'sound']}],
        quiet: null,
        sound: ['play', 'a.ogg'],
      },
      form: 'osc9',
      send: bytes => void sent.push(bytes),
      play: command => void played.push(command),
    });
    noc.append('berlin', [customerDefined('mueller', 'Müller')]);
    for (let n = 1; n <= 30; n++) {
      noc.append('berlin', [raised({n, customer: 'mueller', host: `srv-${n}`, summary: 'Platte voll'})]);
    }
    expect(sent).toEqual(['\x07', '\x1b]9;KRIT: Müller, srv-1: Platte voll\x1b\\']);
    outside.advance(5 * SECOND);
    expect(sent.slice(2)).toEqual(['\x07', '\x1b]9;29 Alarme: Müller, srv-2: Platte voll\x1b\\']);
    expect(played).toEqual([
      ['play', 'a.ogg'],
      ['play', 'a.ogg'],
    ]);
    outside.advance(60 * SECOND);
    expect(sent).toHaveLength(4);
    stop();
  });
});

describe('desktop notifications', () => {
  test.each([
    [{TERM: 'xterm-kitty'}, 'osc99'],
    [{TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app'}, 'osc9'],
    [{TERM: 'foot'}, 'osc777'],
    [{TERM: 'xterm-256color'}, null],
    [{TERM: 'tmux-256color', TERM_PROGRAM: 'iTerm.app'}, null],
    [{TERM: 'xterm-kitty', TMUX: '/tmp/tmux'}, null],
    [{}, null],
  ])('in %o by %s', (env, form) => {
    expect(notificationForm(env)).toBe(form);
  });

  test.each(['osc9', 'osc777', 'osc99'] as const)('rule 42: no text gets out of %s', form => {
    fc.assert(
      fc.property(hostileText, hostile => {
        const inner = notificationSequence(form, text('t'), safeText(hostile)).split('\x1b\\').slice(0, -1);
        for (const part of inner) expect(part.slice(2)).not.toMatch(/\p{Cc}/u);
        expect(inner.every(part => part.startsWith('\x1b]'))).toBe(true);
      }),
    );
  });
});
