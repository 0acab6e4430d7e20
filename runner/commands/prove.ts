/** `prove`: each documented defect must be found, by the clauses it breaks and by no others. */
import { availableParallelism } from 'node:os';
import type { Defect } from '../../backends/faulty/defect.ts';
import { RunError, UsageError } from '../failure.ts';
import { hint } from '../nearest.ts';
import { ROOT, toolVersion } from '../project.ts';
import { proofDocument, type Proving } from '../prove/document.ts';
import { shareOut, type Score } from '../prove/jobs.ts';
import { Prover, mustsWithout, type Proof } from '../prove/prove.ts';
import { sample } from '../prove/sample.ts';
import { EXIT } from '../result/exit_code.ts';
import { prepareFile, writeAtomically } from '../result/folder.ts';
import { PROOF_FORMAT } from '../result/proof.ts';
import { loadSteps } from '../run/cucumber.ts';
import { loadFeatures, type Loaded } from '../run/load.ts';
import { colour } from '../views/colour.ts';
import { plain } from '../views/plain.ts';
import type { Invocation } from './table.ts';

interface ProveOptions {
  readonly defect?: readonly string[];
  readonly sample?: number;
  readonly jobs?: number;
  readonly seed: number;
  readonly deadline: number;
  readonly out?: string;
  readonly json?: boolean;
}

export async function execute({ options: given }: Invocation): Promise<number> {
  const options = given as unknown as ProveOptions;
  const { DEFECTS } = await import('../../backends/faulty/faulty.ts');
  const chosen = choose(DEFECTS, options);
  const loaded = loadFeatures(ROOT);
  const { seed, out } = options;
  if (out !== undefined) prepareFile(out, PROOF_FORMAT);
  const started = new Date().toISOString();
  const proofs: Proof[] = [];
  const heard = (proof: Proof): void => {
    proofs.push(proof);
    process.stdout.write(`${options.json === true ? JSON.stringify(proof) : proofText(proof)}\n`);
  };
  const unclean = await proveAll(chosen, loaded, options, heard);
  const finished = new Date().toISOString();
  const caught = proofs.filter(({ reasons }) => reasons.length === 0).length;
  const { musts, without } = mustsWithout(loaded.spec, DEFECTS);
  const score: Score = { caught, defects: chosen.length, musts, mustsWithoutDefect: without, unclean };
  process.stdout.write(`${options.json === true ? JSON.stringify({ score }) : scoreText(score)}\n`);
  if (out !== undefined) {
    write(out, { loaded, tool: toolVersion(ROOT), seed, started, finished, defects: DEFECTS, proofs, score });
  }
  // One defect looked at alone says nothing about the rest.
  const gap = options.defect === undefined && without.length > 0;
  return caught < chosen.length || gap || unclean.length > 0 ? EXIT.nonconformant : EXIT.conformant;
}

function write(path: string, proving: Proving): void {
  try {
    writeAtomically(path, `${JSON.stringify(proofDocument(proving))}\n`);
  } catch (thrown) {
    throw new RunError(thrown);
  }
}

/** Below this a second process costs more than it saves. */
const WORTH_SHARING = 4;

async function proveAll(
  chosen: readonly Defect[],
  loaded: Loaded,
  { jobs = availableParallelism(), seed, deadline }: ProveOptions,
  heard: (proof: Proof) => void,
): Promise<readonly string[]> {
  if (jobs > 1 && chosen.length >= WORTH_SHARING) {
    const args = ['--seed', String(seed), '--deadline', String(deadline)];
    const ids = chosen.map(({ id }) => id);
    return shareOut(ids, jobs, args, heard);
  }
  const prover = new Prover(loaded, await loadSteps(ROOT), seed, deadline);
  for (const defect of chosen) heard(await prover.prove(defect));
  return prover.unclean();
}

function choose(defects: readonly Defect[], options: ProveOptions): readonly Defect[] {
  if (options.defect !== undefined) {
    const ids = defects.map(({ id }) => id);
    return [...new Set(options.defect)].map((id) => {
      const found = defects.find((defect) => defect.id === id);
      if (found === undefined) throw new UsageError(`--defect ${id}: there is no such defect${hint(id, ids)}`);
      return found;
    });
  }
  return options.sample === undefined ? defects : sample(defects, options.sample);
}

function proofText({ defect, model, reasons }: Proof): string {
  const word = reasons.length === 0 ? colour.green('caught') : colour.red('missed');
  const head = `${word} ${defect.id} (${defect.abi}, ${model}, ${defect.kind}): ${defect.clauses.join(', ')}`;
  return [head, ...reasons.map((reason) => `  ${plain(reason)}`)].join('\n');
}

function scoreText({ caught, defects, musts, mustsWithoutDefect, unclean }: Score): string {
  const withDefect = musts - mustsWithoutDefect.length;
  return [
    ...unclean.map((line) => `${colour.red('not clean without a defect')}: ${plain(line)}`),
    ...mustsWithoutDefect.map((id) => `${colour.red('no defect')} breaks ${id}`),
    `caught ${String(caught)} / ${String(defects)} defects; musts with a defect ${String(withDefect)} / ${String(musts)}`,
  ].join('\n');
}
