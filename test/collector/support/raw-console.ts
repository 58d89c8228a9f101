import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {type ClientFrame, SUBPROTOCOL} from '../../../src/protocol/frames.ts';
import type {OpenCollector} from './open-collector.ts';

const TEXT_FRAME = 0x81;
const MASKED = 0x80;
const LENGTH_16 = 126;

/** A frame as a client writes it, masked with zeros. */
function encoded(frame: ClientFrame): Buffer {
  const body = Buffer.from(JSON.stringify(frame));
  const length = body.length < LENGTH_16 ? [MASKED | body.length] : [MASKED | LENGTH_16, body.length >> 8, body.length];
  return Buffer.concat([Buffer.from([TEXT_FRAME, ...length, 0, 0, 0, 0]), body]);
}

/** A console that holds to no manners: it writes many frames in one piece, and reads only when it is told to. */
export class RawConsole {
  readonly #socket: Socket;
  readonly #pieces: string[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
  }

  /** Opens it; it reads nothing from then on. */
  static async open(collector: OpenCollector, token: string): Promise<RawConsole> {
    const socket = connect(collector.port, '127.0.0.1');
    const lines = [
      'GET /ws HTTP/1.1',
      'host: collector',
      'upgrade: websocket',
      'connection: upgrade',
      'sec-websocket-version: 13',
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      `sec-websocket-protocol: ${SUBPROTOCOL}`,
      `authorization: Bearer ${token}`,
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    await once(socket, 'data');
    socket.pause();
    return new RawConsole(socket);
  }

  /** What it has read so far; frames lie in it unaltered. */
  get text(): string {
    return this.#pieces.join('');
  }

  /** Writes them in one piece. */
  write(frames: readonly ClientFrame[]): void {
    this.#socket.write(Buffer.concat(frames.map(encoded)));
  }

  /** Reads from now on. */
  read(): void {
    this.#socket.on('data', chunk => this.#pieces.push(chunk.toString()));
    this.#socket.resume();
  }

  /** Resolves when it has read something more. */
  async more(): Promise<void> {
    await once(this.#socket, 'data');
  }

  /** Reads until `wanted` stands in what has just come. */
  async until(wanted: string): Promise<void> {
    while (!this.#pieces.slice(-2).join('').includes(wanted)) await this.more();
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
