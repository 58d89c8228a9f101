// A collector in a process of its own, started from its sources: `node run-daemon.ts CONFIG [DATA [LISTEN]]`.
import {runCollector} from '../../../src/collector/main.ts';
import {realOutside} from '../../../src/runtime/outside-real.ts';

const [configFile = '', dataDir, listen] = process.argv.slice(2);
process.exitCode = await runCollector(
  {configFile, ...(dataDir === undefined ? {} : {dataDir}), ...(listen === undefined ? {} : {listen})},
  realOutside,
  process,
);
