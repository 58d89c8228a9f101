import {toJsonSchema} from '@valibot/to-json-schema';
import {collectorConfigSchema} from '../../src/runtime/collector-config-schema.ts';

/** JSON schema of a collector's configuration, for editors that check YAML while it is written. */
export function collectorJsonSchema(): string {
  const schema = toJsonSchema(collectorConfigSchema, {errorMode: 'throw'});
  return `${JSON.stringify({title: 'Configuration of a Nocturne collector', ...schema}, null, 2)}\n`;
}
