import type {Outside} from '../runtime/outside.ts';
import {type AgentOptions, LinkAgent} from './agent.ts';
import type {CollectorAddress} from './collector-address.ts';
import type {Outbox} from './outbox.ts';
import {type Dial, dialWebSocket} from './socket.ts';
import {Store} from './store.ts';

export interface DirectOptions extends Pick<AgentOptions, 'as' | 'wantsPicture'> {
  readonly collectors: readonly CollectorAddress[];
  readonly outside: Outside;
  /** null: commands are not kept on disk. */
  readonly outbox?: Outbox | null;
  readonly keepsCommands?: boolean;
  readonly dial?: Dial;
}

/** Opens links in this very thread: for quick commands, which have nothing else to do, and for tests. */
export function openDirect(options: DirectOptions): Store {
  const {collectors, outside, outbox = null, keepsCommands = true, as, wantsPicture, dial = dialWebSocket} = options;
  return new Store(collectors, outside, store => {
    const agent = new LinkAgent({collectors, outbox, keepsCommands, as, wantsPicture, dial, outside}, store);
    agent.open();
    return agent;
  });
}
