/** A backend whose calls never resolve: the scenario is errored, and the run goes on. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import type { ScenarioResult } from '../../spec/verdict/check.ts';
import { ROOT } from '../project.ts';

/** In a process of its own, because steps and runner must come from one compiled place. */
const SCRIPT = `
const { loadFeatures } = await import('./run/load.js');
const { loadSteps } = await import('./run/cucumber.js');
const { openSubject, backendNamed } = await import('./run/subject.js');
const { runSuite } = await import('./run/suite.js');
const { spec, features } = loadFeatures(process.argv[1]);
const steps = await loadSteps(process.argv[1]);
const emulator = await backendNamed('emulator');
const never = new Promise(() => undefined);
const stuck = {
  ...emulator,
  open: async (options) => {
    const backend = await emulator.open(options);
    // It answers while it is looked at, until the reset at the end of that.
    let looked = false;
    const silent = (process) => ({
      pid: process.pid,
      open: (path) => process.open(path),
      close: (fd) => process.close(fd),
      map: (fd, length) => process.map(fd, length),
      ioctl: (call) => (looked ? never : process.ioctl(call)),
    });
    return {
      describe: () => backend.describe(),
      process: async (wanted) => silent(await backend.process(wanted)),
      control: (control) => backend.control(control),
      close: () => backend.close(),
      reset: () => { looked = true; return backend.reset(); },
    };
  },
};
const scenarios = features.scenarios.filter(({ clauses }) => clauses.includes('pd-create')).slice(0, 2);
const subject = await openSubject(stuck, 'verbs', spec, { seed: 1, deadline: 50, trace: 'failed' });
const results = [];
const sink = { write: (line) => { if (line.scenario !== undefined) results.push(line.scenario); } };
await runSuite({ steps, spec, subject, scenarios, hazard: 'safe', sink });
await subject.close();
process.stdout.write(JSON.stringify(results));
`;

it('calls what does not answer a hang', { timeout: 60_000 }, () => {
  const base = pathToFileURL(join(ROOT, 'build', 'runner', 'main.js')).href;
  const script = SCRIPT.replaceAll("import('./", `import('${base.replace('main.js', '')}`);
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, ROOT], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const results = JSON.parse(stdout) as ScenarioResult[];
  expect(results.length).toBeGreaterThan(0);
  for (const { outcome, errored } of results)
    expect({ outcome, errored }).toEqual({ outcome: 'errored', errored: 'hang' });
});
