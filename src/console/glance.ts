import type {DurationMs, Instant} from '../domain/time.ts';
import type {Clock} from '../runtime/outside.ts';
import type {Scene} from './scene.ts';

/** A finger that is on its way when the screen changes still means what stood there before: nobody reacts faster. */
const REACTION_MS: DurationMs = 150;

/** What the technician can have seen by now. */
export interface Glance {
  /** News moved the cursor to another matter, which is not painted yet. */
  jumped(): void;
  /** A scene stands on the screen from now on. */
  painted(scene: Scene): void;
  /** Can nobody have seen yet where the cursor is? */
  isBlind(): boolean;
  /** The scene that a press of now means: the newest that somebody can have reacted to; null before any was painted. */
  meant(): Scene | null;
}

interface Painted {
  readonly scene: Scene;
  readonly at: Instant;
}

/** Remembers the scenes of the screen for as long as somebody may still react to them. */
export function createGlance(clock: Clock): Glance {
  let isJumpUnpainted = false;
  let seenAt: Instant = Number.NEGATIVE_INFINITY;
  let painted: readonly Painted[] = [];
  const stillMeant = (now: Instant): readonly Painted[] => {
    const seen = painted.findLastIndex(({at}) => at + REACTION_MS <= now);
    return painted.slice(Math.max(0, seen));
  };
  return {
    jumped: () => {
      isJumpUnpainted = true;
    },
    painted: scene => {
      const now = clock.now();
      if (isJumpUnpainted) seenAt = now + REACTION_MS;
      isJumpUnpainted = false;
      painted = [...stillMeant(now), {scene, at: now}];
    },
    isBlind: () => isJumpUnpainted || clock.now() < seenAt,
    meant: () => stillMeant(clock.now())[0]?.scene ?? null,
  };
}
