/** Letters of other scripts that most fonts draw like a Latin one. Source: Unicode UTS #39, confusables.txt. */
const LOOKALIKE =
  /[АВЕЅІЈКМНОРСТУХЗԌԚԜаеѕіјкорсухһԁԛԝӏьгпΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορτυχϲϳՕՍԼօսցհոզԱꓐꓑꓓꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓤꓦꓧꓨꓪꓫꓬꓮꓰꓲꓳꓴᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏔᏕᏙᏚᏞᏟᏢᏦᏧᏴⲞⲟⲢⲣⲤⲥ]/u;

/** A letter of a script with lookalikes that is not Latin. Han, kana, Hangul, Arabic and the like cannot be taken for Latin. */
const FOREIGN =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/u;

/** Greek letters that everybody writes among Latin ones: µs, kΩ, Δt. They look like no Latin letter. */
const UNIT_SIGN = /[µμΩΔΣπλ]/gu;

/** Full-width, mathematical and enclosed letters, and spaces that are not one: they read as what they are not. */
const DISGUISE =
  /[\uFF21-\uFF3A\uFF41-\uFF5A\u{1D400}-\u{1D7FF}\u{1F110}-\u{1F169}\u{1F170}-\u{1F189}\u2100-\u214F\u24B6-\u24E9\u2800\u2000-\u200A\u205F\u1680]/u;

const WORD = /[\p{L}\p{M}]+/gu;
const LATIN = /\p{Script=Latin}/u;

function everyLetter(text: string, test: (letter: string) => boolean): boolean {
  for (const letter of text) if (!test(letter)) return false;
  return true;
}

/**
 * May this name be taken for another one? Then a face puts a marker beside it (security rule 46): one word mixes Latin with
 * Cyrillic, Greek or the like, or all that is not Latin in the text is letters that look Latin, or letters come in disguise.
 *
 * A name that is plainly Russian, Greek or Japanese is not confusable. Rights never depend on it: they use ids.
 */
export function confusable(text: string): boolean {
  if (!/[^\x20-\x7E\xA0-\u02FF]/.test(text)) return false;
  if (DISGUISE.test(text)) return true;
  let foreign = '';
  for (const [word] of text.matchAll(WORD)) {
    const letters = word.replace(UNIT_SIGN, '');
    const others = [...letters].filter(letter => FOREIGN.test(letter)).join('');
    if (others !== '' && LATIN.test(letters)) return true;
    foreign += others;
  }
  return foreign !== '' && everyLetter(foreign, letter => LOOKALIKE.test(letter));
}
