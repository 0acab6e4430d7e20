/** The first page: what this is, what was found, and where to go. */
import Link from '@docusaurus/Link';
import Layout from '@theme/Layout';
import type { ReactElement } from 'react';
import type { ProfileRow } from '../components/profile_matrix.tsx';
import { Shipped } from '../components/shipped.tsx';
import { SubjectTable, type SubjectRow } from '../components/subject_table.tsx';

interface Data {
  readonly subjects: readonly SubjectRow[];
  readonly levels: Readonly<Record<string, number>>;
  readonly scenarios: number;
  readonly proven: { readonly musts: number; readonly caught: number; readonly defects: number };
  readonly specification: { readonly version: string; readonly digest: string };
  readonly objects: number;
  readonly decisions: number;
  readonly statements: number;
  readonly profiles: readonly ProfileRow[];
}

const WAYS = [
  {
    to: '/chapters/conformance/',
    title: 'I want to know what a verdict means',
    text: 'The chapter on conformance: levels, subjects, verdicts, and what somebody claims who claims conformance.',
  },
  {
    to: '/objects/qp/',
    title: 'I write a driver or a library',
    text: 'Chapters by object: each rule with its errno in both ABIs, its source, and the scenarios that decide it.',
  },
  {
    to: '/state-machines/',
    title: 'I look for a queue-pair transition',
    text: 'Every type side by side; each transition with what it requires, allows and refuses, and what was seen of it.',
  },
  {
    to: '/results/',
    title: 'I judge a result',
    text: 'Who was tested, with what, and what is untested, blocked or does not apply, counted apart.',
  },
  {
    to: '/profiles/',
    title: 'I certify a device, or buy one',
    text: 'Profiles: what each demands and whom it is for, who meets it, and what stands in the way of a claim.',
  },
  {
    to: '/provenance/',
    title: 'I wrote those mails, or doubt what they say',
    text: 'Every statement of the mails on the ABI, with the clauses it became, or what is missing.',
  },
  {
    to: '/indexes/',
    title: 'I have an errno',
    text: 'Every errno and every event, with the clauses that speak of it.',
  },
  {
    to: '/defects/',
    title: 'I doubt that the suite can fail',
    text: 'Documented defects, each with the clauses it breaks and whether the suite was shown to notice it.',
  },
] as const;

export default function Home({ data }: { readonly data: Data }): ReactElement {
  const { levels, subjects, scenarios, proven, objects, decisions, statements, profiles } = data;
  const shipped = subjects.filter(({ study }) => !study);
  const studies = subjects.filter(({ study }) => study);
  const clauses = Object.entries(levels)
    .filter(([level]) => level !== 'withdrawn')
    .reduce((sum, [, number]) => sum + number, 0);
  const figures = [
    { number: clauses, text: 'clauses in force', to: '/coverage/' },
    { number: objects, text: 'objects', to: '/objects/device/' },
    { number: scenarios, text: 'scenarios', to: '/scenarios/' },
    { number: proven.defects, text: 'documented defects', to: '/defects/' },
    { number: decisions, text: 'decision notes', to: '/decisions/' },
    { number: statements, text: 'statements of the mails', to: '/provenance/' },
  ];
  return (
    <Layout
      title="The RDMA userspace ABI, clause by clause"
      description="An executable specification of the RDMA userspace ABI, and the record of who conforms"
    >
      <header className="hero">
        <div className="container">
          <h1>The RDMA userspace ABI, clause by clause</h1>
          <p className="lead">
            An executable specification of the calls a program makes on <code>/dev/infiniband/uverbsN</code>. Each rule
            is one sentence with a source; each verdict stands beside the sentence it is about, and opens to the checks
            it was made from.
          </p>
          <ul className="figures">
            {figures.map(({ number, text, to }) => (
              <li key={text}>
                <Link to={to}>
                  <strong>{number}</strong> {text}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      </header>
      <main className="container margin-vert--lg">
        {shipped.length > 0 && (
          <section aria-labelledby="shipped">
            <h2 id="shipped">What was found on Linux</h2>
            <p>
              Drivers of Linux on kernels as they are shipped. Each of these commands, in a clone, makes such a result
              again in a virtual machine; each failing check stands at its clause, with the command that replays it.
            </p>
            <Shipped subjects={shipped} profiles={profiles} />
          </section>
        )}
        <section aria-labelledby="ways">
          <h2 id="ways">Where to begin</h2>
          <ul className="ways">
            {WAYS.map(({ to, title, text }) => (
              <li key={to}>
                <Link to={to}>{title}</Link>
                <p>{text}</p>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="published">
          <h2 id="published">Results on implementations of this project</h2>
          <p>
            They show that the specification can be implemented and tested, and say nothing about a kernel or a product.
          </p>
          <SubjectTable subjects={studies} />
        </section>
        <section aria-labelledby="two">
          <h2 id="two">Two ABIs, one vocabulary</h2>
          <p>
            <strong>
              <code>uapi</code>
            </strong>{' '}
            is the generic object ABI argued for on linux-rdma in 2016, made precise. It is a design study: no
            implementation exists outside this project, so a result is evidence that the specification can be
            implemented and tested, and no evidence about any product.{' '}
            <strong>
              <code>uverbs</code>
            </strong>{' '}
            is what Linux ships. Both share clauses, scenarios and steps; a clause names the ABIs that can express it.
          </p>
        </section>
      </main>
    </Layout>
  );
}
