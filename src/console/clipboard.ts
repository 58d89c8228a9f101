/** The most that goes to the clipboard, with the sequence around it. Source: security rule 45. */
const MOST_BYTES = 4096;

const START = '\x1b]52;c;';
const END = '\x07';

/**
 * Puts a text into the clipboard of the terminal: OSC 52, write only. Terminals that do not know it, or that were told not to,
 * ignore it. Empty when the text is too long.
 */
export function copySequence(text: string): string {
  const sequence = `${START}${Buffer.from(text).toString('base64')}${END}`;
  return sequence.length > MOST_BYTES ? '' : sequence;
}
