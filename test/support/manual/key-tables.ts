import {commandHelp} from '../../../src/console/command-line.ts';
import {keyLabel} from '../../../src/console/help-lines.ts';
import {type Binding, keymap} from '../../../src/console/keymap.ts';
import {createTranslate, LANGUAGES} from '../../../src/runtime/i18n.ts';

const GROUPS = ['act', 'look', 'move', 'app'] as const satisfies readonly Binding['group'][];

const HEADS = {
  de: {title: 'Tasten', key: 'Taste', does: 'Wirkung', action: 'Name'},
  en: {title: 'Keys', key: 'Key', does: 'Does', action: 'Action'},
} as const;

/** A cell of a Markdown table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('*', '\\*');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** `docs/keys.md`: every key of the console in both languages, made from the keymap. */
export function keyTables(): string {
  const lines = ['<!-- Made from src/console/keymap.ts by `npm run docs`. -->', '# Keys of the console', ''];
  for (const language of LANGUAGES.toReversed()) {
    const t = createTranslate(language);
    const heads = HEADS[language];
    lines.push(`## ${heads.title}`, '');
    for (const group of GROUPS) {
      lines.push(`### ${t(`console.group.${group}`)}`, '');
      lines.push(row([heads.key, heads.does, heads.action]), '|---|---|---|');
      for (const {keys, help, action} of (keymap as readonly Binding[]).filter(it => it.group === group)) {
        lines.push(row([keys.map(key => keyLabel(key, t)).join('  '), t(help), `\`${action}\``]));
      }
      lines.push('');
    }
    lines.push(`### ${t('console.key.command')}`, '', row([':', heads.does]), '|---|---|');
    for (const [usage, text] of commandHelp(t)) lines.push(row([`\`${usage}\``, text]));
    lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
