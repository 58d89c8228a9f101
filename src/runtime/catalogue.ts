import deCli from '../../config/locales/de/cli.json' with {type: 'json'};
import deConfig from '../../config/locales/de/config.json' with {type: 'json'};
import deConsole from '../../config/locales/de/console.json' with {type: 'json'};
import deErrors from '../../config/locales/de/errors.json' with {type: 'json'};
import deFold from '../../config/locales/de/fold.json' with {type: 'json'};
import deFormat from '../../config/locales/de/format.json' with {type: 'json'};
import deHost from '../../config/locales/de/host.json' with {type: 'json'};
import deReader from '../../config/locales/de/reader.json' with {type: 'json'};
import deReport from '../../config/locales/de/report.json' with {type: 'json'};
import deSla from '../../config/locales/de/sla.json' with {type: 'json'};
import deSystem from '../../config/locales/de/system.json' with {type: 'json'};
import deView from '../../config/locales/de/view.json' with {type: 'json'};
import deWall from '../../config/locales/de/wall.json' with {type: 'json'};
import enCli from '../../config/locales/en/cli.json' with {type: 'json'};
import enConfig from '../../config/locales/en/config.json' with {type: 'json'};
import enConsole from '../../config/locales/en/console.json' with {type: 'json'};
import enErrors from '../../config/locales/en/errors.json' with {type: 'json'};
import enFold from '../../config/locales/en/fold.json' with {type: 'json'};
import enFormat from '../../config/locales/en/format.json' with {type: 'json'};
import enHost from '../../config/locales/en/host.json' with {type: 'json'};
import enReader from '../../config/locales/en/reader.json' with {type: 'json'};
import enReport from '../../config/locales/en/report.json' with {type: 'json'};
import enSla from '../../config/locales/en/sla.json' with {type: 'json'};
import enSystem from '../../config/locales/en/system.json' with {type: 'json'};
import enView from '../../config/locales/en/view.json' with {type: 'json'};
import enWall from '../../config/locales/en/wall.json' with {type: 'json'};

/**
 * Every text that a person reads, by language and file under `config/locales`. The bundle of the quick commands has another such module,
 * which reads a file when a text of it is first asked for (bin/build.mjs).
 */
export const CATALOGUE = {
  de: {
    cli: deCli,
    config: deConfig,
    console: deConsole,
    errors: deErrors,
    fold: deFold,
    format: deFormat,
    host: deHost,
    reader: deReader,
    report: deReport,
    sla: deSla,
    system: deSystem,
    view: deView,
    wall: deWall,
  },
  en: {
    cli: enCli,
    config: enConfig,
    console: enConsole,
    errors: enErrors,
    fold: enFold,
    format: enFormat,
    host: enHost,
    reader: enReader,
    report: enReport,
    sla: enSla,
    system: enSystem,
    view: enView,
    wall: enWall,
  },
};
