import {stateFolder} from '../../runtime/folders.ts';
import type {RunCommand} from '../command-spec.ts';
import {EXIT} from '../exit-code.ts';

/** `nocturne config path`: where the settings of this user live. */
export const runConfigPath: RunCommand = async context => {
  const {settingsFile} = await import('../../runtime/settings.ts');
  const settings = settingsFile(context.env);
  if (context.isJson) context.sayJson({settings, state: stateFolder(context.env)});
  else context.say(settings);
  return EXIT.done;
};
