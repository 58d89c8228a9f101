import {lineWidth, wrapText} from './cells.ts';
import {type Line, part, type Tone} from './tone.ts';

/** The sections of a detail under each other, those with nothing to say left out; a blank line between them unless it is dense. */
export function stacked(sections: readonly (readonly Line[])[], isDense: boolean): readonly Line[] {
  return sections
    .filter(section => section.length > 0)
    .flatMap((section, index) => (index === 0 || isDense ? section : [[], ...section]));
}

/** The line above a section. */
export function heading(text: string): Line {
  return [part(text, 'key')];
}

/** A text of one tone in lines of at most `width` cells. */
export function paragraph(text: string, width: number, tone: Tone): readonly Line[] {
  return wrapText(text, width).map(line => [part(line, tone)]);
}

/** A text in lines of at most `width` cells: `lead` stands before the first, the others are indented as far. */
export function hanging(lead: Line, text: string, width: number): readonly Line[] {
  const indent = lineWidth(lead);
  return wrapText(text, Math.max(1, width - indent)).map(
    (line, index): Line => [...(index === 0 ? lead : [part(' '.repeat(indent))]), part(line)],
  );
}
