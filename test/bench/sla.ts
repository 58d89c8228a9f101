import {performance} from 'node:perf_hooks';
import type {CalendarDefinition} from '../../src/domain/sla/calendar-definition.ts';
import {termsFor} from '../../src/domain/sla/contract.ts';
import {incidentClocks} from '../../src/domain/sla/incident-clocks.ts';
import {parseTarget} from '../../src/domain/sla/target.ts';
import {loadExamples} from '../domain/examples/example-file.ts';
import {calendarNamed} from '../domain/examples/shapes.ts';
import {PEERS, type Peer} from './sla-peers.ts';
import {round, type Spread, spread} from './spread.ts';

const RUNS = 7;
const ROUNDS = 20_000;
const PEER_ROUNDS = 20;

interface Case {
  readonly definition: CalendarDefinition;
  readonly expected: number;
  /** Ours; the same question as the peer's. */
  readonly ours: () => number | null;
  readonly theirs: (peer: Peer) => number;
}

/** The worked examples that a business-time package can be asked: how long between two instants, and when is it due. */
function cases(): readonly Case[] {
  const file = loadExamples();
  const definitionOf = (name: string) => file.calendars[name] as unknown as CalendarDefinition;
  const lengths = (file.cases.businessTime ?? []).flatMap(({input, expected}): readonly Case[] => {
    const {calendar, from, to, pauses} = input as {calendar: string; from: string; to: string; pauses?: unknown};
    if (pauses !== undefined) return [];
    const [start, end] = [Date.parse(from), Date.parse(to)];
    const ours = calendarNamed(file, calendar);
    return [
      {
        definition: definitionOf(calendar),
        expected: (expected as {seconds: number}).seconds * 1000,
        ours: () => ours.businessTime(start, end),
        theirs: peer => peer.businessMinutes(start, end) * 60_000,
      },
    ];
  });
  const dues = (file.cases.dueInstant ?? []).map(({input, expected}): Case => {
    const {calendar, start, targetMinutes} = input as {calendar: string; start: string; targetMinutes: number};
    const at = Date.parse(start);
    const ours = calendarNamed(file, calendar);
    return {
      definition: definitionOf(calendar),
      expected: Date.parse((expected as {dueAtUtc: string}).dueAtUtc),
      ours: () => ours.dueInstant(at, targetMinutes * 60_000),
      theirs: peer => peer.dueInstant(at, targetMinutes),
    };
  });
  return [...lengths, ...dues];
}

function microseconds(rounds: number, work: () => void): number {
  const start = performance.now();
  for (let count = 0; count < rounds; count++) work();
  return ((performance.now() - start) * 1000) / rounds;
}

/** One alert's three due instants on warm office hours with the holidays of a Land. */
function dueOfAlert(): Spread {
  const calendar = calendarNamed(loadExamples(), 'bw-office');
  const target = parseTarget;
  const promises = {response: target('4h'), resolution: target('3d'), update: target('1d')};
  const terms = termsFor({validFrom: 0, priorities: {P3: {...promises, calendar}}}, 'P3');
  const base = Date.parse('2026-02-06T15:30:00+01:00');
  let at = base;
  const read = (): void => {
    at += 61_000;
    const clocks = incidentClocks({start: at, terms, events: []}, at);
    if (clocks.nextDueAt === null) throw new Error('nothing is due');
  };
  microseconds(ROUNDS, read);
  const runs = Array.from({length: RUNS}, () => {
    at = base;
    return microseconds(ROUNDS, read);
  });
  return spread(runs);
}

interface PeerResult {
  readonly name: string;
  readonly microseconds: number | null;
  readonly rightPercent: number | null;
  readonly reason?: string;
}

function measure(name: string, peer: Peer, all: readonly Case[]): PeerResult {
  let right = 0;
  let spent = 0;
  let asked = 0;
  for (const one of all) {
    try {
      if (!peer.use(one.definition)) continue;
      if (Math.abs(one.theirs(peer) - one.expected) < 1) right++;
      spent += microseconds(PEER_ROUNDS, () => void one.theirs(peer));
      asked++;
    } catch {
      // What it throws at is not right, and costs nothing.
    }
  }
  return {
    name,
    microseconds: asked === 0 ? null : round(spent / asked),
    rightPercent: round((100 * right) / all.length),
  };
}

async function peerResult(name: string, load: () => Promise<Peer>, all: readonly Case[]): Promise<PeerResult> {
  let peer: Peer;
  try {
    peer = await load();
  } catch {
    return {name, microseconds: null, rightPercent: null, reason: 'not installed'};
  }
  return measure(name, peer, all);
}

/**
 * What deadlines cost, and how often business-time packages get the worked examples right. They reckon in the machine's zone,
 * so that is set to the calendars' own; a calendar that a package cannot be told (overnight windows, overrides) counts as wrong.
 */
export async function benchSla(): Promise<unknown> {
  process.env.TZ = 'Europe/Berlin';
  const all = cases();
  const right = all.filter(({ours, expected}) => ours() === expected).length;
  let next = 0;
  const single = (): void => {
    all[next++ % all.length]?.ours();
  };
  microseconds(ROUNDS, single);
  const runs = Array.from({length: RUNS}, () => microseconds(ROUNDS, single));
  const peers: PeerResult[] = [];
  for (const [name, load] of Object.entries(PEERS)) peers.push(await peerResult(name, load, all));
  const due = dueOfAlert();
  return {
    dueMicroseconds: due.median,
    due,
    cases: all.length,
    caseMicroseconds: spread(runs),
    rightPercent: round((100 * right) / all.length),
    peers,
  };
}
