// Puts commands into an outbox until it is killed, and says the id of each once it is confirmed. Started by outbox.test.ts.
import {Outbox} from '../../src/client/outbox.ts';
import {realOutside} from '../../src/runtime/outside-real.ts';
import {text} from '../support/frames.ts';

const [folder = '', collector = '', account = ''] = process.argv.slice(2);
const outbox = new Outbox(folder);
const MOST = 500;

for (let count = 0; count < MOST; count++) {
  const now = realOutside.clock.now();
  const cid = realOutside.random.uuid(now);
  outbox.put({
    cid,
    collector,
    account,
    body: {kind: 'note', occurrence: 'K7F3', text: text('x'.repeat(2000)), customerVisible: false},
    issuedAt: now,
    ttlMs: 1000,
    expectedVersion: null,
    as: null,
  });
  process.stdout.write(`${cid}\n`);
}
