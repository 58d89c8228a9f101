import type {Translate} from './i18n.ts';

type Values = Readonly<Record<string, string | number>>;

/**
 * Values of a message whose `reason` is a code of the operating system, `ENOENT`: in words, with the code behind them for who
 * looks it up. Source: errno(3).
 */
export function withSystemWords(values: Values, t: Translate): Values {
  const {reason} = values;
  if (typeof reason !== 'string' || !/^E[A-Z]+$/.test(reason)) return values;
  const key = `system.${reason}`;
  const words = t(key);
  return words === key ? values : {...values, reason: `${words}, ${reason}`};
}
