import {type Fingerprint, fingerprint, hostCheck, hostKey} from '../domain/address.ts';
import type {CheckPolicy} from '../domain/check.ts';
import {parentHosts} from '../domain/dependencies.ts';
import type {LogEntry} from '../domain/event.ts';
import type {Observation} from '../domain/observation.ts';
import type {CollectorConfig, SourceConfig} from '../runtime/collector-config.ts';
import type {Log} from '../runtime/log.ts';
import type {Outside} from '../runtime/outside.ts';
import {catalogueOf} from './catalogue.ts';
import {type RunningChecks, startChecks} from './checks/scheduler.ts';
import type {Pipeline} from './pipeline/pipeline.ts';
import {createPlacement} from './placement.ts';
import type {Samples} from './samples.ts';
import type {Place, Sink} from './source.ts';
import type {SourceWatch} from './source-watch.ts';

/** What taking up a configuration needs. */
export interface ConfiguredContext {
  readonly pipeline: Pipeline;
  readonly watch: SourceWatch;
  readonly samples: Samples;
  readonly outside: Outside;
  readonly logger: Log;
  /** User that the collector runs as. */
  readonly uid: number;
}

/** What the configuration says while the collector runs: who is whose, which sources there are, and the checks at work. */
export class Configured {
  readonly #context: ConfiguredContext;
  #place: Place = createPlacement([]);
  #sources: ReadonlyMap<string, SourceConfig> = new Map();
  #policies: ReadonlyMap<Fingerprint, CheckPolicy> = new Map();
  #checks: RunningChecks | null = null;

  constructor(context: ConfiguredContext) {
    this.#context = context;
  }

  get place(): Place {
    return this.#place;
  }

  /** By name. */
  get sources(): ReadonlyMap<string, SourceConfig> {
    return this.#sources;
  }

  /** A result from outside of a check that is configured is judged as it is configured, whatever its sender thinks. */
  judged(observation: Observation): Observation {
    if (observation.type !== 'check') return observation;
    const policy = this.#policies.get(fingerprint(observation.address));
    return policy === undefined ? observation : {...observation, policy};
  }

  /** Brings the state to what the configuration says; checks run from `startChecks` on. */
  async take(config: CollectorConfig): Promise<void> {
    await this.stopChecks();
    this.#place = createPlacement(config.customers);
    this.#sources = new Map(config.sources.map(source => [source.name, source]));
    this.#context.watch.expect(config.sources);
    const catalogue = catalogueOf(config);
    this.#policies = new Map(catalogue.checks.map(({address, policy}) => [fingerprint(address), policy]));
    await this.#context.pipeline.define(catalogue);
  }

  async startChecks(config: CollectorConfig): Promise<void> {
    const {pipeline, watch, samples, outside, logger: log, uid} = this.#context;
    const sink: Sink = {
      submit(observations) {
        for (const observation of observations) if (observation.type !== 'removal') watch.heard(observation.source);
        return pipeline.submit(observations);
      },
    };
    const isSoft = (check: Fingerprint) => pipeline.picture.state.checks.get(check)?.stateType === 'soft';
    const alerts = () => pipeline.picture.state.alerts.values();
    const pull = {watch, place: () => this.#place, alerts};
    this.#checks = await startChecks({config, sink, samples, isSoft, outside, log, uid, pull});
  }

  /** A new alert asks the parents of its host at once: it may be their fault. Source: DP-3. */
  committed(entries: readonly LogEntry[]): void {
    const {state} = this.#context.pipeline.picture;
    for (const {event} of entries) {
      if (event.type !== 'alert.opened') continue;
      for (const parent of parentHosts(state, hostKey(event.address))) this.#checks?.hasten(hostCheck(parent));
    }
  }

  /** A message was cut short over there: what it left out is asked for at once. Source: integrations/alertmanager.md, gotcha 7. */
  askFor(source: string): void {
    this.#checks?.ask(source);
  }

  async stopChecks(): Promise<void> {
    await this.#checks?.stop();
    this.#checks = null;
  }
}
