import type {NocView} from '../client/noc.ts';
import {alertVocabulary} from '../view/alert-vocabulary.ts';
import {CONSOLE_SCOPE, listAlerts} from '../view/alerts.ts';
import {type Completion, NO_COMPLETION} from '../view/completion.ts';
import {completeFilter} from '../view/filter-completion.ts';
import type {HostEntry} from '../view/host-entry.ts';
import {hostVocabulary, selectHost} from '../view/hosts.ts';
import {completeCommand} from './command-completion.ts';
import type {Scene} from './scene.ts';
import type {Prompt} from './state.ts';

/** Every host of every collector, whatever is filtered. */
function* everyHost(view: NocView): Generator<HostEntry> {
  for (const {url, state} of view.collectors) {
    if (state === null) continue;
    for (const key of state.hosts.keys()) {
      const entry = selectHost(view, url, key);
      if (entry !== null) yield entry;
    }
  }
}

function completionOf({kind, list, text, caret}: Prompt, scene: Scene): Completion {
  if (kind === 'command') return completeCommand(text, caret, scene);
  if (kind !== 'filter') return NO_COMPLETION;
  if (list === 'hosts') return completeFilter(text, caret, hostVocabulary, () => everyHost(scene.view));
  return completeFilter(text, caret, alertVocabulary, () => listAlerts(scene.view, CONSOLE_SCOPE, scene.now));
}

/** A prompt with how its text can go on from the caret. */
export function withOffers(prompt: Prompt, scene: Scene): Prompt {
  const {from, words} = completionOf(prompt, scene);
  const typed = prompt.text.slice(from, prompt.caret);
  const isWhole = words.length === 1 && words[0] === typed;
  return {...prompt, offers: {from, words: isWhole ? [] : words, at: null}};
}

/** Puts the next of the offers (or the one before) where the word at the caret stands. With only one the next word is looked for. */
export function takeOffer(prompt: Prompt, by: 1 | -1, scene: Scene): Prompt {
  const {from, words, at} = prompt.offers;
  if (words.length === 0) return prompt;
  const next = at === null ? (by === 1 ? 0 : words.length - 1) : (at + by + words.length) % words.length;
  const word = words[next] ?? '';
  const text = prompt.text.slice(0, from) + word + prompt.text.slice(prompt.caret);
  const taken = {...prompt, text, caret: from + word.length, offers: {from, words, at: next}};
  return words.length === 1 ? withOffers(taken, scene) : taken;
}
