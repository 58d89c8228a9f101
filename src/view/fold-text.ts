const UMLAUTS: Readonly<Record<string, string>> = {ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss'};

/** How text is compared when people search: without case and accents, umlauts as two letters (`Müller` is `mueller`). */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  // Plain ASCII is the usual case and needs no work.
  if (/^[\x20-\x7e]*$/.test(lower)) return lower;
  return lower
    .normalize('NFC')
    .replace(/[äöüß]/g, letter => UMLAUTS[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
}
