import type {LogEntry} from '../../src/domain/event.ts';
import type {SafeText} from '../../src/domain/text.ts';
import type {Identity, ServerFrame} from '../../src/protocol/frames.ts';
import {NIGHT} from './clock.ts';

/** A literal of a test, known to be safe. */
export const text = (literal: string): SafeText => literal as SafeText;

export const technician: Identity = {name: text('jana'), role: 'technician', customers: null};

/** What a collector says first, from `berlin` with tag B unless told otherwise. */
export function hello(over: Partial<Extract<ServerFrame, {t: 'hello'}>> = {}): ServerFrame {
  return {
    t: 'hello',
    collector: {name: 'berlin', tag: 'B', version: '0.1.0'},
    epoch: 'e1',
    head: 0,
    now: NIGHT,
    pingMs: 15_000,
    who: technician,
    ...over,
  };
}

/** Deltas that carry nothing but their number. */
export function delta(prev: number, seq: number, events: readonly LogEntry[] = []): ServerFrame {
  return {t: 'd', prev, seq, events};
}
