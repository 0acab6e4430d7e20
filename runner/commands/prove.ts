/** `prove`: each documented defect must be found, by the clauses it breaks and by no others. */
import { UsageError } from '../failure.ts';
import { hint } from '../nearest.ts';
import { ROOT } from '../project.ts';
import { EXIT } from '../result/exit_code.ts';
import { loadSteps } from '../run/cucumber.ts';
import { loadFeatures } from '../run/load.ts';
import { Prover, mustsWithout, type Proof } from '../prove/prove.ts';
import { sample } from '../prove/sample.ts';
import { colour } from '../views/colour.ts';
import { plain } from '../views/plain.ts';
import type { Defect } from '../../backends/faulty/defect.ts';
import type { Invocation } from './table.ts';

interface ProveOptions {
  readonly defect?: readonly string[];
  readonly sample?: number;
  readonly seed: number;
  readonly deadline: number;
  readonly json?: boolean;
}

export async function execute({ options: given }: Invocation): Promise<number> {
  const options = given as unknown as ProveOptions;
  const { DEFECTS } = await import('../../backends/faulty/faulty.ts');
  const chosen = choose(DEFECTS, options);
  const loaded = loadFeatures(ROOT);
  const prover = new Prover(loaded, await loadSteps(ROOT), options.seed, options.deadline);
  const proofs: Proof[] = [];
  for (const defect of chosen) {
    const proof = await prover.prove(defect);
    proofs.push(proof);
    if (options.json !== true) process.stdout.write(`${proofText(proof)}\n`);
  }
  const caught = proofs.filter(({ reasons }) => reasons.length === 0).length;
  const { musts, without } = mustsWithout(loaded.spec, DEFECTS);
  if (options.json === true) {
    const defects = proofs.map(({ defect, model, reasons }) => ({
      ...defect,
      model,
      caught: reasons.length === 0,
      reasons,
    }));
    process.stdout.write(`${JSON.stringify({ caught, defects, musts, mustsWithoutDefect: without })}\n`);
  } else {
    for (const id of without) process.stdout.write(`${colour.red('no defect')} breaks ${id}\n`);
    const score = `caught ${String(caught)} / ${String(proofs.length)} defects`;
    process.stdout.write(`${score}; musts with a defect ${String(musts - without.length)} / ${String(musts)}\n`);
  }
  // One defect looked at alone says nothing about the rest.
  const gap = options.defect === undefined && without.length > 0;
  return caught < proofs.length || gap ? EXIT.nonconformant : EXIT.conformant;
}

function choose(defects: readonly Defect[], options: ProveOptions): readonly Defect[] {
  if (options.defect !== undefined) {
    const ids = defects.map(({ id }) => id);
    return options.defect.map((id) => {
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
