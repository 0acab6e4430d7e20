/** A program as one C file, for people who know the kernel and nothing of this project. */
import { sourceText } from '../views/clause.ts';
import { argumentsOf, type Binding } from './bindings.ts';
import { answerName, callLines, memoryName, regionsOf, type CallContext } from './c_calls.ts';
import { frame, mainBegins } from './c_frame.ts';
import { judgementLines } from './c_judgement.ts';
import { comment } from './c_words.ts';
import { EMITTERS, type Emission } from './emitters.ts';
import { programOf, type Program } from './program.ts';

/** Throws UsageError where the check cannot be told by a program. */
export function cSource(emission: Emission): string {
  const program = programOf(emission.abi, emission.lines, emission.check);
  const { calls, judged, judgement, unprivileged } = program;
  const wanted = new Set<Binding>(
    calls.flatMap(({ uses, on }) => [...uses.map(({ binding }) => binding), ...(on === undefined ? [] : [on])]),
  );
  const path = argumentsOf(calls.find(({ line }) => line.call === 'open')?.line ?? judged.line)[0] ?? '';
  const context: CallContext = { abi: emission.abi, wanted, path, judged: judged.index };
  const opened = calls.findLastIndex(({ line }) => line.call === 'open');
  const body = [
    ...mainBegins(),
    '',
    ...calls.flatMap((call, index) => [
      ...callLines(call, context),
      ...(unprivileged && index === opened ? PRIVILEGES : []),
    ]),
    ...judgementLines(emission, judged, judgement),
    '}',
  ].join('\n');
  const variables = [...variablesOf(program, wanted)];
  return [...about(emission), '', frame(program, body), '', ...variables, '', body, ''].join('\n');
}

/** What clauses about rights are about: a process without CAP_NET_RAW. */
const PRIVILEGES: readonly string[] = [
  '\t/* From here on without privileges. */',
  '\tif (setgroups(0, NULL) || setgid(65534) || setuid(65534))',
  '\t\tundecided(0, "privileges cannot be dropped");',
  '',
];

function* variablesOf({ calls, judged }: Program, wanted: ReadonlySet<Binding>): Generator<string> {
  yield '/* What calls gave out, by the number of the call. */';
  for (const { made, line } of calls) {
    for (const { binding } of made) {
      if (line.call !== 'map' && !wanted.has(binding)) continue;
      yield `static ${binding.names === 'fd' ? 'int' : 'uint64_t'} ${binding.variable};`;
    }
  }
  for (const call of calls) {
    const regions = regionsOf(call);
    if (regions > 0) yield `static unsigned char *${memoryName(call)}[${String(regions)}];`;
  }
  yield `static int64_t ${answerName(judged)};`;
}

function about({ spec, clause, check, scenario, subject }: Emission): readonly string[] {
  const { implementation, version, kernel, driver, backend, model } = subject;
  const facts = [
    ...(driver === undefined ? [] : [`driver ${driver}`]),
    ...(kernel === undefined ? [] : [`kernel ${kernel}`]),
    `backend ${backend}, model ${model}`,
  ];
  return comment([
    `${EMITTERS.find(({ id }) => id === 'c')?.mark ?? ''}.`,
    '',
    `${clause.id}, of the executable specification of the RDMA userspace ABI, ${spec.version} (${spec.digest}):`,
    '',
    clause.sentence,
    '',
    `${clause.place.file}:${String(clause.place.line)}`,
    ...clause.sources.map((source) => `Source: ${sourceText(source, spec.sources[source.key])}`),
    '',
    `Check ${check.name}`,
    `of scenario ${scenario}`,
    `Seen on ${implementation} ${version}, ${facts.join(', ')}:`,
    `expected ${check.expected}`,
    `got ${check.got}`,
    '',
    'Build: cc -Wall -Wextra -std=gnu11 -o check check.c',
    'Run: ./check /dev/infiniband/uverbs0',
    'It exits 0 where all is as expected, 1 where it is not, 2 where it cannot be found out.',
  ]);
}
