import {describe, expect, test} from 'vitest';
import {confusable} from '../../src/runtime/confusable.ts';

describe('confusable (rule 46)', () => {
  test.each([
    ['a Cyrillic а in a Latin word', 'Müller Mаschinenbau'],
    ['a word of Cyrillic letters that look Latin', 'АСОР AG'],
    ['the same alone', 'сосо'],
    ['a Greek omicron', 'Bοsch'],
    ['full-width letters', 'Ｂosch'],
    ['mathematical letters', '𝐁osch'],
    ['a space that is none', 'Müller\u2800AG'],
    ['Latin inside a Russian word', 'Завод Mашина'],
  ])('%s is marked', (_, name) => {
    expect(confusable(name)).toBe(true);
  });

  test.each([
    'Müller Maschinenbau GmbH',
    'Šķoda & Žižka s.r.o., Łódź',
    'Завод Москва',
    'Ελληνικά',
    'srv-db-01',
    '10 kΩ, 5 µs, 5 μs, Δt',
    '株式会社トヨタ Toyota',
    'شركة',
    '– „Jana“ …',
  ])('%s is not', name => {
    expect(confusable(name)).toBe(false);
  });
});
