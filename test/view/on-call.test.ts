import {describe, expect, test} from 'vitest';
import {HOUR} from '../../src/domain/time.ts';
import {selectOnCall, withoutOnCall} from '../../src/view/on-call.ts';
import {NIGHT} from '../support/clock.ts';
import {nightStore} from '../wall/night.ts';
import {onCallStore} from '../wall/on-call-night.ts';

const all = () => true;
const only = (customer: string) => (id: string) => id === customer;

function names(isMeant: (customer: string) => boolean, now = NIGHT): readonly string[] {
  return selectOnCall(onCallStore().getSnapshot(), isMeant, now).map(
    ({schedule, who, next}) => `${schedule}: ${who?.name ?? 'nobody'}, ${next?.name ?? 'nobody'}`,
  );
}

describe('who is on call (OC-2, OC-4, OC-5)', () => {
  test('those without anybody first, then by name; a schedule is one entry, however many it serves', () => {
    expect(names(all)).toEqual([
      'Leitung: nobody, Jana Berg',
      'Technik: Çağla Öztürk, Jana Berg',
      'ホテル: 東京 太郎, nobody',
    ]);
    expect(names(all, NIGHT + 5 * HOUR)[0]).toBe('Leitung: Jana Berg, nobody');
  });

  test('a customer is served by its own schedules and by those for all of its collector, and by no other', () => {
    expect(names(only('tokyo'))).toEqual(['Technik: Çağla Öztürk, Jana Berg', 'ホテル: 東京 太郎, nobody']);
    expect(names(only('mueller'))).toEqual(['Technik: Çağla Öztürk, Jana Berg']);
    expect(names(only('kassel'))).toEqual(['Leitung: nobody, Jana Berg']);
    expect(names(only('kanzlei'))).toEqual([]);
  });

  test('customers without any schedule are told, those of nobody are none', () => {
    expect(withoutOnCall(onCallStore().getSnapshot(), all)).toEqual(['Kanzlei Weiß & Söhne']);
    expect(withoutOnCall(nightStore().getSnapshot(), only('mueller'))).toEqual(['Müller Maschinenbau GmbH']);
  });
});
