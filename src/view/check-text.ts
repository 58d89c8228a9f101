import type {Translate} from '../runtime/i18n.ts';

/** One way in which a check of the collector's own says what it found. */
interface Form {
  /** Named groups are the values of the text. */
  readonly pattern: RegExp;
  /** Below `view.checkText`. */
  readonly key: string;
}

const AMOUNT = String.raw`\d+(?:\.\d+)?`;
const form = (pattern: string, key: string): Form => ({pattern: new RegExp(`^${pattern}$`), key});

/**
 * Forms by their first word. Checks write the short English of monitoring plugins, which is in the log for everybody; who reads
 * another language is shown the same in that. Source: `src/collector/checks`, `src/collector/exporters`.
 */
const FORMS: ReadonlyMap<string, readonly Form[]> = new Map([
  [
    'cpu',
    [
      form(`cpu (?<percent>${AMOUNT}) %`, 'cpu'),
      form(`cpu (?<percent>${AMOUNT}) %, (?<cores>\\d+) cores`, 'cpuOfCores'),
    ],
  ],
  ['memory', [form(`memory (?<percent>${AMOUNT}) %`, 'memory')]],
  [
    'disk',
    [
      form(`disk (?<name>.+) (?<percent>${AMOUNT}) % of (?<size>${AMOUNT}) GiB`, 'disk'),
      form(`disk (?<name>.+) (?<percent>${AMOUNT}) % of (?<size>${AMOUNT}) GiB, read-only`, 'diskReadOnly'),
    ],
  ],
  [
    'load',
    [
      form(`load (?<one>${AMOUNT}) (?<five>${AMOUNT}) (?<fifteen>${AMOUNT})`, 'load'),
      form(`load (?<one>${AMOUNT}) (?<five>${AMOUNT}) (?<fifteen>${AMOUNT}), (?<cores>\\d+) cores`, 'loadOfCores'),
    ],
  ],
  [
    'up',
    [
      form('up (?<days>\\d+) d', 'upDays'),
      form('up (?<hours>\\d+) h', 'upHours'),
      form('up (?<minutes>\\d+) min', 'upMinutes'),
    ],
  ],
  ['answers', [form('answers', 'answers'), form(`answers in (?<ms>${AMOUNT}) ms`, 'answersIn')]],
  [
    'no',
    [
      form('no answer', 'noAnswer'),
      form(`no answer within (?<seconds>${AMOUNT}) s`, 'noAnswerWithin'),
      form('no connection in time', 'noConnection'),
      form('no route to host', 'noRoute'),
      form('no TLS spoken', 'noTls'),
    ],
  ],
  ['connected', [form('connected to port (?<port>\\d+) in (?<ms>\\d+) ms', 'connected')]],
  [
    'connection',
    [
      form('connection refused', 'refused'),
      form('connection reset', 'reset'),
      form('connection closed', 'closed'),
      form('connection closed early', 'closedEarly'),
    ],
  ],
  ['network', [form('network unreachable', 'networkUnreachable')]],
  ['host', [form('host is down', 'hostDown')]],
  ['name', [form('name not found', 'nameNotFound'), form('name server does not answer', 'nameServerSilent')]],
  ['answer', [form('answer is not HTTP', 'notHttp')]],
  ['TLS', [form('TLS version refused', 'tlsVersionRefused'), form('TLS older than 1\\.2', 'tlsTooOld')]],
  [
    'certificate',
    [
      form('certificate valid for (?<days>\\d+) d, until (?<date>[-\\d]+)', 'certificateValid'),
      form('certificate expired on (?<date>[-\\d]+)', 'certificateExpiredOn'),
      form('certificate expired', 'certificateExpired'),
      form('certificate not yet valid', 'certificateNotYetValid'),
      form('certificate without a validity', 'certificateWithoutValidity'),
      form('certificate revoked', 'certificateRevoked'),
      form('certificate is for another name', 'certificateOtherName'),
    ],
  ],
  [
    'self-signed',
    [form('self-signed certificate', 'selfSigned'), form('self-signed authority in the chain', 'selfSignedChain')],
  ],
  ['authority', [form('authority unknown', 'authorityUnknown')]],
  ['chain', [form('chain incomplete or authority unknown', 'chainIncomplete')]],
  ['failed', [form('failed', 'failed')]],
  ['failed:', [form('failed: (?<code>\\S+)', 'failedWith')]],
  ['HTTP', [form('(?<line>HTTP .+), expected text not found in (?<size>(?:> )?\\d+ B)', 'textNotFound')]],
]);

const DECIMAL = /^\d+\.\d+$/;

function formOf(text: string): Form | undefined {
  const space = text.indexOf(' ');
  return FORMS.get(space < 0 ? text : text.slice(0, space))?.find(({pattern}) => pattern.test(text));
}

/** Does a check of the collector's own write so? */
export function isCheckText(text: string): boolean {
  return formOf(text) !== undefined;
}

/**
 * What a check of the collector's own says, in the reader's language.
 *
 * @returns null for any other text: what a plugin or a source says stays as it is.
 */
export function checkText(text: string, t: Translate): string | null {
  const found = formOf(text);
  if (found === undefined) return null;
  const values = Object.entries(found.pattern.exec(text)?.groups ?? {}).map(([name, value]) => [
    name,
    shownValue(value, t),
  ]);
  return t(`view.checkText.${found.key}`, Object.fromEntries(values));
}

function shownValue(value: string, t: Translate): string {
  return DECIMAL.test(value) ? value.replace('.', t('view.checkText.decimalMark')) : value;
}
