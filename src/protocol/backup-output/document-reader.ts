import {Fault} from '../../domain/fault.ts';
import type {OutputReader, ToolFacts} from './tool-facts.ts';

const MOST_UNITS = 1024 * 1024;

/** Collects one JSON document of at most 1 MiB and hands it to `read`. */
export class DocumentReader implements OutputReader {
  readonly #read: (document: unknown, exitCode: number | null) => readonly ToolFacts[];
  #text = '';

  constructor(read: (document: unknown, exitCode: number | null) => readonly ToolFacts[]) {
    this.#read = read;
  }

  line(text: string): void {
    if (this.#text.length <= MOST_UNITS) this.#text += `${text}\n`;
  }

  progress(): null {
    return null;
  }

  end(exitCode: number | null): readonly ToolFacts[] {
    if (this.#text.length > MOST_UNITS) throw new Fault('BACKUP_OUTPUT', 'the document is larger than 1 MiB');
    let document: unknown;
    try {
      document = JSON.parse(this.#text);
    } catch {
      throw new Fault('BACKUP_OUTPUT', 'the input is no JSON document');
    }
    return this.#read(document, exitCode);
  }
}
