import {readFile} from 'node:fs/promises';
import {getCACertificates, type SecureContextOptions} from 'node:tls';
import {Fault} from '../../domain/fault.ts';

/**
 * How connections of checks and exporters verify: TLS 1.2 or newer, the usual authorities, and one more where configured
 * (security rule 26). The file is read each time, so that a renewed authority needs no restart.
 *
 * @param ca - PEM file of an extra authority.
 * @throws {Fault} `CHECK_CA` when the file cannot be read.
 */
export async function tlsOptions(ca: string | null): Promise<SecureContextOptions> {
  if (ca === null) return {minVersion: 'TLSv1.2'};
  const pem = await readFile(ca, 'utf8').catch(() => {
    throw new Fault('CHECK_CA', 'the file of the extra authority (ca) cannot be read');
  });
  return {minVersion: 'TLSv1.2', ca: [...getCACertificates('default'), pem]};
}
