import type {CustomerId} from '../domain/address.ts';
import type {Observation} from '../domain/observation.ts';
import type {Instant} from '../domain/time.ts';
import type {SourceConfig} from '../runtime/collector-config.ts';

/** What an upstream sent, after size, token, content type, depth and JSON were checked. Its values are hostile still. */
export interface SourceRequest {
  /** `JSON.parse` of the body: read it field by field through a schema, never spread it (security rule 32). */
  readonly body: unknown;
  /** Names in lower case; of a repeated header the values are joined by `, `. Credentials are not among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: Instant;
}

/** What is known of something from outside when its customer is looked for. */
export interface Whereabouts {
  readonly host: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Customer that the upstream itself names; null where it names none. */
  readonly customer: string | null;
}

/**
 * Gives a thing from outside to a configured customer: by its own word, the source's label, the match rules, the source's
 * customer, in this order; `UNASSIGNED` when none fits. Never fails: nothing is dropped because it could not be placed.
 */
export type Place = (what: Whereabouts, source: SourceConfig) => CustomerId;

/** An item of a message of which no observation was made. It is answered and counted, never silently lost. */
export interface LeftOut {
  /** Its place in the message, from 0; -1 for what concerns the whole message. */
  readonly index: number;
  /** `SOURCE_ITEM` cannot be read, `INFORMATIONAL` is no problem, `UNSUPPORTED` is not built yet, `TRUNCATED` was not sent to us. */
  readonly code: 'SOURCE_ITEM' | 'INFORMATIONAL' | 'UNSUPPORTED' | 'TRUNCATED';
  readonly message: string;
}

/** What a message says, in its order. No observation and nothing rejected is a message that says nothing, such as a test. */
export interface Parsed {
  readonly observations: readonly Observation[];
  /** The sender's mistakes: they go into the answer as `rejected`. */
  readonly rejected: readonly LeftOut[];
  /** Read and understood, but nothing an alert or a check is made of. */
  readonly ignored: readonly LeftOut[];
}

/** Reads one kind of upstream. */
export interface SourceParser {
  /** The word under `type:` in the configuration, `alertmanager`. */
  readonly type: string;
  /** What it can do: `push`, `pull`, `ack`. */
  readonly capabilities: readonly string[];
  /**
   * @throws {Fault} `SOURCE_SCHEMA` when the body can never be read; the sender gets 400 and nothing of the body is kept.
   */
  parse(request: SourceRequest, source: SourceConfig, place: Place): Parsed;
}

/** Where observations go: the single writer. */
export interface Sink {
  /**
   * Resolves when everything that followed from the observations is on disk, all of it in one transaction.
   *
   * @throws {Fault} `OVERLOADED` when too much is waiting, `STORE_FAILED` when the disk refuses: nothing was kept, try later.
   */
  submit(observations: readonly Observation[]): Promise<void>;
}
