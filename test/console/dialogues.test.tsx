import {describe, test} from 'vitest';
import type {ActionName} from '../../src/console/keymap.ts';
import type {Language} from '../../src/runtime/i18n.ts';
import {type OpenConsole, openConsole} from '../support/console.tsx';
import {busyNight, floodNight, type Night} from './night.ts';
import {slaNight} from './sla-night.ts';

interface Dialogue {
  readonly name: string;
  readonly night?: () => Night;
  readonly act: (console: OpenConsole) => Promise<void>;
}

/** A line of text that was opened by an action, and what was put into it. */
function prompt(action: ActionName, text: string) {
  return async (console: OpenConsole): Promise<void> => {
    await console.do(action);
    await console.paste(text);
  };
}

function entered(action: ActionName, text: string) {
  return async (console: OpenConsole): Promise<void> => {
    await prompt(action, text)(console);
    await console.press('enter');
  };
}

const DIALOGUES: readonly Dialogue[] = [
  {name: 'help', act: console => console.do('app.help')},
  {
    name: 'help-end',
    act: async console => {
      await console.do('app.help');
      await console.do('move.bottom');
    },
  },
  {name: 'question', act: console => console.do('alerts.escalate')},
  {
    name: 'question-release',
    act: async console => {
      await entered('list.filter', 'RAID')(console);
      await console.do('alerts.release');
    },
  },
  {
    name: 'question-many',
    night: floodNight,
    act: async console => {
      await console.do('alerts.markAll');
      await console.do('alerts.acknowledge');
    },
  },
  {name: 'note', act: prompt('alerts.note', 'Größe prüfen: /var läuft voll')},
  {name: 'acknowledge-with', act: prompt('alerts.acknowledgeWith', '')},
  {name: 'snooze', act: prompt('alerts.snooze', '')},
  {name: 'snooze-wrong', act: entered('alerts.snooze', 'x')},
  {name: 'downtime', act: prompt('hosts.downtime', '')},
  {name: 'downtime-wrong', act: entered('hosts.downtime', '2h')},
  {name: 'priority', night: slaNight, act: prompt('alerts.priority', '')},
  {name: 'wait', night: slaNight, act: prompt('alerts.wait', '')},
  {name: 'tell', night: slaNight, act: prompt('alerts.tell', 'Techniker ist unterwegs')},
  {name: 'filter', act: prompt('list.filter', 'severity:warning')},
  {name: 'filter-wrong', act: prompt('list.filter', 'sevrity:x')},
  {name: 'filter-nothing', act: entered('list.filter', 'gibtesnicht')},
  {name: 'filter-completion', act: prompt('list.filter', 'customer:hof')},
  {
    name: 'filter-saved',
    act: async console => {
      await entered('list.filter', 'severity:warning')(console);
      await entered('app.command', 'save Warnungen 9')(console);
    },
  },
  {name: 'command', act: prompt('app.command', 'cust')},
  {name: 'command-argument', act: prompt('app.command', 'customer muel')},
  {name: 'command-wrong', act: entered('app.command', 'theme nihgt')},
  {name: 'grouped', act: entered('app.command', 'group customer')},
  {name: 'sorted', act: console => console.do('list.sort')},
];
const LANGUAGES: readonly Language[] = ['de', 'en'];

describe('every dialogue, at every size', () => {
  test.each(LANGUAGES.flatMap(lang => DIALOGUES.map(one => ({...one, lang}))))(
    '$name in $lang',
    async ({name, night = busyNight, act, lang}) => {
      const {noc, outside} = night();
      using console = openConsole({store: noc, outside, lang});
      await act(console);
      await console.toMatchFrames(name);
    },
  );
});
