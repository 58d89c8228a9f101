import type {IncomingMessage} from 'node:http';
import {hostKey, UNASSIGNED} from '../../domain/address.ts';
import {Fault} from '../../domain/fault.ts';
import type {Observation} from '../../domain/observation.ts';
import type {Identity} from '../../protocol/frames.ts';
import type {SourceConfig} from '../../runtime/collector-config.ts';
import type {Clock} from '../../runtime/outside.ts';
import {safeText} from '../../runtime/safe-text.ts';
import type {Meters} from '../meters.ts';
import type {Pipeline} from '../pipeline/pipeline.ts';
import {isAllowed} from '../rights.ts';
import type {RunProgressMemory} from '../run-progress.ts';
import type {Samples} from '../samples.ts';
import type {LeftOut, Place, SourceParser} from '../source.ts';
import type {SourceWatch} from '../source-watch.ts';
import {newestFirst} from '../sources/newest-first.ts';
import type {UnplacedBackups} from '../unplaced-backups.ts';
import {type Doorkeeper, isInNetworks} from './doorkeeper.ts';
import {checkJsonLimits} from './json-limits.ts';
import {BodyRoom, checkBodySize, checkBodyType, readBody} from './request-body.ts';
import {overloaded} from './respond.ts';
import {Signatures} from './signature.ts';

/** What was taken of a message, and what was not. */
export interface Taken {
  readonly accepted: number;
  readonly rejected: readonly LeftOut[];
  readonly ignored: readonly LeftOut[];
}

/** What ingest needs. */
export interface IngestContext {
  readonly doorkeeper: Doorkeeper;
  readonly parsers: ReadonlyMap<string, SourceParser>;
  /** Asked anew for each message: the configuration may have been read again. */
  readonly place: () => Place;
  /** As the configuration has it judged. */
  readonly judged: (observation: Observation) => Observation;
  readonly samples: Samples;
  readonly progress: RunProgressMemory;
  readonly unplaced: UnplacedBackups;
  readonly pipeline: Pipeline;
  readonly watch: SourceWatch;
  readonly meters: Meters;
  readonly clock: Clock;
}

/** Headers that parsers never see (security rule 10). */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-nocturne-signature',
]);

function plainHeaders({headers}: IncomingMessage): Readonly<Record<string, string>> {
  const plain: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    if (!CREDENTIALS.has(name) && value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

/** Bytes of bodies that are under way from anybody at all: only their signature tells who sent them. */
const MOST_UNPROVEN_BYTES = 32 * 1_048_576;

/** Whether the body has to come before it is known who sends it. */
function isUnproven({headers}: IncomingMessage, {hmacKeys}: SourceConfig): boolean {
  return hmacKeys.length > 0 && headers.authorization === undefined;
}

function parseJson(body: Buffer): unknown {
  checkJsonLimits(body);
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Fault('JSON', 'the body is not valid JSON');
  }
}

/** What a token for one customer reports without saying whose it is, is that customer's. */
function owned(observation: Observation, {customers}: Identity): Observation {
  const [only, ...others] = customers ?? [];
  if (only === undefined || others.length > 0 || observation.address.customer !== UNASSIGNED) return observation;
  return {...observation, address: {...observation.address, customer: only}};
}

/**
 * Takes messages of sources, in the order of security rule 29: size, who it is, room, parse, validate, commit; what is
 * answered with success is on disk.
 */
export class Ingest {
  readonly #context: IngestContext;
  readonly #signatures = new Signatures();
  readonly #unproven = new BodyRoom(MOST_UNPROVEN_BYTES);

  constructor(context: IngestContext) {
    this.#context = context;
  }

  /** @throws {Fault} With the code of the refusal; nothing of the message is kept then. */
  async take(request: IncomingMessage, source: SourceConfig, address: string): Promise<Taken> {
    const {pipeline, watch, meters, judged, samples, progress, unplaced, clock} = this.#context;
    checkBodySize(request);
    const who = this.#authenticate(request, source, address);
    checkBodyType(request);
    if (!pipeline.hasRoom(source.name)) throw overloaded();
    const body = await readBody(request, isUnproven(request, source) ? this.#unproven : null);
    this.#checkSignature(request, body, source);
    const {observations, rejected, ignored} = this.#parse(request, body, source);
    watch.heard(source.name);
    const own = newestFirst(observations).map(observation => judged(owned(observation, who)));
    const foreign = own.find(({address: where}) => !isAllowed(who, 'ingest', where.customer));
    if (foreign !== undefined) {
      // By the name that it was sent with: whose that host is may be a rule of ours, which is not for the sender.
      throw new Fault('FORBIDDEN', `this token may not report about the customer of ${foreign.address.host}`);
    }
    await pipeline.submit(own);
    for (const observation of own) {
      samples.touch(hostKey(observation.address), clock.now());
      progress.heard(observation, pipeline.picture.state);
      unplaced.heard(observation, pipeline.picture.state);
    }
    meters.received(source.name, own.length);
    return {accepted: own.length, rejected, ignored};
  }

  #authenticate(request: IncomingMessage, source: SourceConfig, address: string): Identity {
    const {doorkeeper} = this.#context;
    if (source.allow !== null && !isInNetworks(address, source.allow)) {
      throw new Fault('ADDRESS', 'this address may not send here');
    }
    if (isUnproven(request, source)) {
      return {name: safeText(source.name), role: 'ingest', customers: null};
    }
    const who = doorkeeper.admit(request, address).identity;
    if (!isAllowed(who, 'ingest', null)) throw new Fault('FORBIDDEN', 'this token may not report');
    return who;
  }

  /** A source with keys wants every body signed, whatever token it came with. */
  #checkSignature(request: IncomingMessage, body: Buffer, {hmacKeys}: SourceConfig): void {
    if (hmacKeys.length === 0) return;
    const header = (name: string) => String(request.headers[name] ?? '');
    const signed = {timestamp: header('x-nocturne-timestamp'), signature: header('x-nocturne-signature')};
    const refusal = this.#signatures.refusal(signed, body, hmacKeys, this.#context.clock.now());
    if (refusal === 'OVERLOADED') throw overloaded();
    if (refusal !== null) throw new Fault(refusal, 'the signature of the body does not hold');
  }

  #parse(request: IncomingMessage, body: Buffer, source: SourceConfig) {
    const {parsers, place, watch, clock} = this.#context;
    const parser = parsers.get(source.type);
    if (parser === undefined) throw new Fault('UNKNOWN_SOURCE', 'there is no such source');
    try {
      const message = {body: parseJson(body), headers: plainHeaders(request), receivedAt: clock.now()};
      const parsed = parser.parse(message, source, place());
      const isUnreadable = parsed.observations.length === 0 && parsed.rejected.length > 0;
      if (isUnreadable && parsed.ignored.length === 0) throw unreadable(parsed.rejected);
      if (parsed.rejected.length > 0) watch.failed(source.name);
      return parsed;
    } catch (error) {
      watch.failed(source.name);
      throw error;
    }
  }
}

function unreadable(rejected: readonly LeftOut[]): Fault {
  const [first] = rejected;
  return new Fault('SOURCE_ITEM', first?.message ?? 'nothing of it can be read', {items: rejected.length});
}
