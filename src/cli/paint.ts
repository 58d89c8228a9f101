import {Chalk, type ChalkInstance} from 'chalk';
import type {Line, Tone} from '../view/tone.ts';

/** The terminal's own sixteen colours: a quick command has no theme. */
const ink = new Chalk({level: 1});

const INK: Readonly<Record<Tone, ChalkInstance | null>> = {
  plain: null,
  dim: ink.dim,
  strong: ink.bold,
  critical: ink.bold.red,
  warning: ink.yellow,
  unknown: ink.magenta,
  ok: ink.green,
  stale: ink.dim,
  pending: ink.italic,
  key: ink.bold,
  caret: ink.inverse,
  frame: ink.dim,
  frameFocused: null,
  error: ink.red,
};

/** A line as text for a terminal, without the blanks at its end. */
export function paint(line: Line, hasColour: boolean): string {
  const text = line.map(({text: part, tone}) => {
    const paintPart = hasColour ? INK[tone] : null;
    return paintPart === null ? part : paintPart(part);
  });
  return text.join('').trimEnd();
}
