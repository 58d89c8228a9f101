import {readFileSync} from 'node:fs';
import {createPlacement} from '../../../src/collector/placement.ts';
import type {Parsed} from '../../../src/collector/source.ts';
import {readListed} from '../../../src/collector/sources/alertmanager.ts';
import type {Listed} from '../../../src/collector/sources/reconcile.ts';
import {sourceParsers} from '../../../src/collector/sources/registry.ts';
import type {CustomerConfig, SourceConfig} from '../../../src/runtime/collector-config.ts';
import {NIGHT} from '../../support/clock.ts';

const folder = new URL('../../fixtures/integrations/', import.meta.url);

/** A captured payload, parsed as the door parses it. */
export function payload(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
}

const acme: CustomerConfig = {
  id: 'acme',
  name: 'Acme',
  state: null,
  catholicMunicipality: false,
  augsburg: false,
  timezone: 'Europe/Berlin',
  sla: null,
  match: [],
};

const place = createPlacement([
  acme,
  {...acme, id: 'globex', name: 'Globex', match: [{label: 'org', value: 'g', host: null}]},
]);

function sourceOf(type: string): SourceConfig {
  return {
    name: 'src1',
    type,
    customerLabel: null,
    customer: null,
    timezone: 'Europe/Berlin',
    expectEveryMs: null,
    allow: null,
    hmacKeys: [],
    api: null,
  };
}

/** What an Alertmanager lists, as it was read at NIGHT. */
export function readList(body: unknown): Listed {
  return readListed({body, headers: {}, receivedAt: NIGHT}, sourceOf('alertmanager'), place, 'http://127.0.0.1:9093');
}

/** Lets the parser of `type` read a body as it came at NIGHT. */
export function parse(
  type: string,
  body: unknown,
  {headers = {}, ...config}: Partial<SourceConfig> & {readonly headers?: Record<string, string>} = {},
): Parsed {
  const parser = sourceParsers.get(type);
  if (parser === undefined) throw new Error(`no parser for ${type}`);
  const source = {...sourceOf(type), ...config};
  return parser.parse({body, headers, receivedAt: NIGHT}, source, place);
}

/** The one observation of a message. */
export function parseOne(...args: Parameters<typeof parse>): Parsed['observations'][number] {
  const {observations} = parse(...args);
  const [first] = observations;
  if (first === undefined || observations.length !== 1) throw new Error(`${observations.length} observations`);
  return first;
}
