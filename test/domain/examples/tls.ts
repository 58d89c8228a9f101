import {certificateState} from '../../../src/domain/compliance/tls-certificate.ts';
import type {ExampleRunner} from './example-file.ts';
import {instant} from './shapes.ts';

export const tls: ExampleRunner = ({input}) => {
  const {notBefore, notAfter, now} = input as {notBefore: string; notAfter: string; now: string};
  return certificateState(instant(notBefore), instant(notAfter), instant(now));
};
