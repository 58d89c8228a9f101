import {Agent, request} from 'node:http';

const CONNECTIONS = 6;

/** Posts one new alert after the other, and knows which of them were answered 202. */
export class Reporter {
  /** Hosts whose alert was accepted. */
  readonly accepted = new Set<string>();
  readonly #url: string;
  readonly #token: string;
  #next = 0;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** Until the collector is gone. */
  async run(): Promise<void> {
    const agent = new Agent({keepAlive: true, maxSockets: CONNECTIONS});
    await Promise.all(
      Array.from({length: CONNECTIONS}, async () => {
        while (await this.#post(agent, `host-${this.#next++}`));
      }),
    );
    agent.destroy();
  }

  /** One more, which must be accepted: the collector is well. */
  async settle(): Promise<void> {
    const agent = new Agent();
    if (!(await this.#post(agent, `host-${this.#next++}`)))
      throw new Error('the collector takes nothing after its last start');
    agent.destroy();
  }

  #post(agent: Agent, host: string): Promise<boolean> {
    const body = JSON.stringify({
      key: host,
      status: 'firing',
      severity: 'critical',
      customer: 'mueller',
      host,
      summary: 'Platte voll',
    });
    return new Promise(resolve => {
      const call = request(
        this.#url,
        {
          method: 'POST',
          agent,
          headers: {
            authorization: `Bearer ${this.#token}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        answer => {
          if (answer.statusCode === 202) this.accepted.add(host);
          answer.resume();
          answer.once('end', () => resolve(true));
          answer.once('error', () => resolve(false));
        },
      );
      call.once('error', () => resolve(false));
      call.end(body);
    });
  }
}
