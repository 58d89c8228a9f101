import {Fault} from '../domain/fault.ts';

const WANTED_NODE = '24.15.0';
/** SQLite before it can lose a committed transaction when the WAL is reset (https://sqlite.org/wal.html, "The WAL-Reset Bug"). */
const WANTED_SQLITE = '3.51.3';

function isOlder(version: string, wanted: string): boolean {
  const parts = version.split(/[.-]/).map(Number);
  for (const [index, least] of wanted.split('.').map(Number).entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return !(part > least);
  }
  return false;
}

/**
 * Can this Node carry us? (security rule 1)
 *
 * @param versions - `process.versions`.
 * @returns What to tell the user before leaving with exit code 2, or null.
 */
export function checkVersions(versions: {readonly node: string; readonly sqlite?: string | undefined}): Fault | null {
  const {node, sqlite = '0'} = versions;
  if (isOlder(node, WANTED_NODE)) {
    return new Fault('NODE_TOO_OLD', `Node.js ${WANTED_NODE} or newer is needed, this is ${node}`, {
      wanted: WANTED_NODE,
      found: node,
    });
  }
  if (isOlder(sqlite, WANTED_SQLITE)) {
    return new Fault('SQLITE_TOO_OLD', `SQLite ${WANTED_SQLITE} or newer is needed, this Node.js brings ${sqlite}`, {
      wanted: WANTED_SQLITE,
      found: sqlite,
    });
  }
  return null;
}
