import type {FaultReport, Stage} from './night.ts';
import type {Chance} from './seeded.ts';
import type {DemoFault, DemoHost, FaultStep} from './world.ts';

const SECOND = 1000;

/** Faults at once: a night with enough to do, on a screen that stays readable. */
const MOST_FAULTS = 18;

/** Seconds, from and to. */
const NEXT_FAULT = [5, 14] as const;
const BETWEEN_FLAPS = [8, 25] as const;
const BEFORE_RETURN = [30, 150] as const;
const REST = [60, 240] as const;

const WORSENS = 0.65;
const RETURNS = 0.3;
const MOST_RETURNS = 2;

/** One fault on one host, until it is over for good. */
interface Life {
  readonly fault: DemoFault;
  readonly host: DemoHost;
  readonly key: string;
  readonly mount: string | null;
  startedMs: number;
  flapsLeft: number;
  returns: number;
  told: Pick<FaultReport, 'severity' | 'summary' | 'output'>;
}

interface Play {
  readonly stage: Stage;
  readonly dice: Chance;
  /** Keys of faults that are there, or were a moment ago. */
  readonly living: Set<string>;
}

/** `{name}` replaced by its value in one pass, so that nothing replaced is looked at again (security rule 40). */
function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function fullestDisk(host: DemoHost): string | null {
  const [fullest] = Object.entries(host.disks).sort(([, a], [, b]) => b - a);
  return fullest?.[0] ?? null;
}

function keyOf(fault: DemoFault, host: DemoHost): string {
  return `${host.customer}/${host.site}/${host.host}/${fault.id}`;
}

function report({stage}: Play, life: Life, atMs: number, status: FaultReport['status']): void {
  const {fault, host, key, mount, startedMs, told} = life;
  const service = filled(fault.service, {mount: mount ?? ''});
  stage.emit({type: 'report', atMs, host, fault, key, status, service, mount, startedMs, ...told});
}

function strain({stage}: Play, {fault, host, mount}: Life, atMs: number, percent: number | null): void {
  const metric = fault.strain;
  if (metric !== undefined) stage.emit({type: 'strain', atMs, host, metric, mount, percent});
}

/** The numbers of a fault at one of its steps: from their first value to their last, the further the worse it is. */
function numbersAt({numbers, steps}: DemoFault, index: number, dice: Chance): Record<string, number> {
  const progress = (index + dice.next()) / steps.length;
  const entries = Object.entries(numbers).map(([name, [from = 0, to = from]]): [string, number] => [
    name,
    Math.round(from + (to - from) * progress),
  ]);
  return Object.fromEntries(entries);
}

function percentOf({percent: [low = 0, high = low] = []}: FaultStep, dice: Chance): number {
  return dice.between(low, high);
}

function enter(play: Play, life: Life, index: number, atMs: number): void {
  const {stage, dice} = play;
  const {fault, host, mount} = life;
  const step = fault.steps[index];
  if (step === undefined) return;
  const percent = percentOf(step, dice);
  const values = {...numbersAt(fault, index, dice), percent, host: host.host, mount: mount ?? ''};
  life.told = {severity: step.severity, summary: filled(step.summary, values), output: filled(step.output, values)};
  report(play, life, atMs, 'firing');
  if (step.percent !== undefined) strain(play, life, atMs, percent);
  const [shortest = 60, longest = shortest] = step.seconds;
  const isWorsening = index + 1 < fault.steps.length && dice.next() < WORSENS;
  stage.agenda.at(atMs + dice.between(shortest, longest) * SECOND, nextMs =>
    isWorsening ? enter(play, life, index + 1, nextMs) : recover(play, life, nextMs),
  );
}

function recover(play: Play, life: Life, atMs: number): void {
  const {stage, dice, living} = play;
  report(play, life, atMs, 'resolved');
  strain(play, life, atMs, null);
  const comeBack = ([from, to]: readonly [number, number]) =>
    stage.agenda.at(atMs + dice.between(from, to) * SECOND, nextMs => {
      life.startedMs = nextMs;
      enter(play, life, 0, nextMs);
    });
  if (life.flapsLeft > 0) {
    life.flapsLeft -= 1;
    comeBack(BETWEEN_FLAPS);
  } else if (life.returns < MOST_RETURNS && dice.next() < RETURNS) {
    life.returns += 1;
    comeBack(BEFORE_RETURN);
  } else stage.agenda.at(atMs + dice.between(...REST) * SECOND, () => void living.delete(life.key));
}

interface Beginning {
  readonly step: number;
  readonly startedMs: number;
  readonly atMs: number;
}

function begin(play: Play, fault: DemoFault, host: DemoHost, {step, startedMs, atMs}: Beginning): void {
  const [fewest = 0, most = fewest] = fault.flaps ?? [];
  const key = keyOf(fault, host);
  const life: Life = {
    fault,
    host,
    key,
    mount: fault.strain === 'disk' ? fullestDisk(host) : null,
    startedMs,
    flapsLeft: play.dice.between(fewest, most),
    returns: 0,
    told: {severity: '', summary: '', output: ''},
  };
  play.living.add(key);
  enter(play, life, step, atMs);
}

/** Some fault befalls some host that it fits. */
function beginAnother(play: Play, atMs: number): void {
  const {dice, living, stage} = play;
  const fault = dice.pick(stage.world.faults);
  if (fault === undefined || living.size >= MOST_FAULTS) return;
  const isFit = (host: DemoHost) =>
    host.roles.some(role => fault.roles.includes(role)) &&
    (fault.kinds === undefined || fault.kinds.includes(host.kind)) &&
    !living.has(keyOf(fault, host)) &&
    !stage.down.has(host);
  const host = dice.pick(stage.world.hosts.filter(isFit));
  if (host !== undefined) begin(play, fault, host, {step: 0, startedMs: atMs, atMs});
}

/** Faults that are there from the beginning, and all that come after them. */
export function playFaults(stage: Stage, dice: Chance): void {
  const {agenda, world} = stage;
  const play: Play = {stage, dice, living: new Set()};
  for (const opening of world.opening) {
    const fault = world.faults.find(one => one.id === opening.fault);
    const host = world.hosts.find(one => one.customer === opening.customer && one.host === opening.host);
    if (fault === undefined || host === undefined)
      throw new Error(`config/demo: no ${opening.fault} on ${opening.host}`);
    const startedMs = -opening.agoSeconds * SECOND;
    agenda.at(0, atMs => begin(play, fault, host, {step: opening.step, startedMs, atMs}));
  }
  const next = (atMs: number) => {
    beginAnother(play, atMs);
    agenda.at(atMs + dice.between(...NEXT_FAULT) * SECOND, next);
  };
  agenda.at(dice.between(...NEXT_FAULT) * SECOND, next);
}
