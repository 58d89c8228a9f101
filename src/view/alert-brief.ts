import type {Alert} from '../domain/alert.ts';
import type {Translate} from '../runtime/i18n.ts';
import {isUnhandled} from './alert-entry.ts';
import {truncateLine} from './cells.ts';
import {hostName, inWords, summaryInWords} from './own-words.ts';
import {severityShape, severityTone} from './state-mark.ts';
import {type Line, part, type Tone} from './tone.ts';

/** An alert beside others of the same thing: `▲ srv-db-01 / disk  Platte /var 97 %  Jana ✓`. Coloured only while nobody has it. */
export function alertBrief(alert: Alert, width: number, t: Translate): Line {
  const host = hostName(alert.host, t);
  const subject = alert.service === '' ? host : `${host} / ${inWords(alert.service, t)}`;
  const owner = alert.ack === null ? '' : `  ${alert.ack.by} ✓`;
  const tone: Tone = isUnhandled(alert) ? severityTone(alert.severity) : 'dim';
  const line = [
    part(`${severityShape(alert.severity)} `, tone),
    part(`${subject}  ${summaryInWords(alert.summary, t)}${owner}`),
  ];
  return truncateLine(line, width);
}
