import type {DrawContext} from '../view/draw-context.ts';
import {alertAsText} from './copy-alert.ts';
import type {Desk} from './desk.ts';
import {exportText} from './export-alerts.ts';
import type {Keys} from './keys.ts';
import type {Scene} from './scene.ts';
import type {DeskEffect} from './step.ts';

/** What came of an effect on the desk. */
export interface DeskDone {
  /** What to say of it, beside what was said already; null for nothing. */
  readonly say: string | null;
  /** The keys from now on; null when they stay. */
  readonly keys: Keys | null;
}

const QUIETLY: DeskDone = {say: null, keys: null};

/**
 * Carries out what a press wants of clipboard, files and settings.
 *
 * @throws {Fault} those of the desk.
 */
export function carryToDesk(effect: DeskEffect, desk: Desk, scene: Scene, context: DrawContext): DeskDone {
  switch (effect.type) {
    case 'copy': {
      const text = alertAsText(scene, context);
      if (text !== null) desk.copy(text);
      return QUIETLY;
    }
    case 'export':
      desk.write(effect.file, exportText(effect.file, scene, context));
      return QUIETLY;
    case 'theme':
      desk.theme(effect.name);
      return QUIETLY;
    case 'language':
      desk.language(effect.language);
      return QUIETLY;
    case 'keepFilters':
      return {say: effect.done, keys: desk.keepFilters(effect.filters)};
    case 'keepHistory':
      desk.keepHistory(effect.lines);
      return QUIETLY;
    default:
      return effect satisfies never;
  }
}
