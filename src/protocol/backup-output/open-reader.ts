import type {Zone} from '../../domain/local-time/zone.ts';
import {BorgReader} from './borg.ts';
import {DocumentReader} from './document-reader.ts';
import {readGeneric} from './generic.ts';
import {readPbs} from './pbs.ts';
import {ResticReader} from './restic.ts';
import type {BackupFormat, OutputReader} from './tool-facts.ts';
import {readVeeam} from './veeam.ts';

/** A reader of one tool's output. `isCheck` and `zone` as `ResticReader` and `BorgReader` want them. */
export function openReader(format: BackupFormat, isCheck: boolean, zone: Zone): OutputReader {
  switch (format) {
    case 'restic':
      return new ResticReader(isCheck);
    case 'borg':
      return new BorgReader(zone, isCheck);
    case 'pbs':
      return new DocumentReader(readPbs);
    case 'veeam':
      return new DocumentReader(readVeeam);
    case 'generic':
      return new DocumentReader(readGeneric);
    default:
      return format satisfies never;
  }
}
