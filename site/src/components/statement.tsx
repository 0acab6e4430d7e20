/** A statement of the mails: who says it and where, and what became of it. */
import Link from '@docusaurus/Link';
import type { ReactElement, ReactNode } from 'react';
import type { StatementView } from '../../../runner/view_model/model.ts';
import { statementAnchor } from './anchors.ts';
import { Inline } from './inline.tsx';
import { ClauseLink, Listed } from './links.tsx';
import { Shape, type ShapeWord } from './verdict_mark.tsx';
import { VerdictBrief } from './verdict_brief.tsx';

const MARKS: Readonly<Record<StatementView['standing'], ShapeWord>> = {
  settled: 'met',
  'open in part': 'part',
  open: 'untested',
};

export function StandingMark({ standing }: Pick<StatementView, 'standing'>): ReactElement {
  return (
    <span className={`standing standing-${standing.replaceAll(' ', '-')}`}>
      <Shape word={MARKS[standing]} /> {standing}
    </span>
  );
}

export function Statement({
  statement,
  codes,
}: {
  readonly statement: StatementView;
  /** Clause -> verdicts, see verdict_codes.ts. */
  readonly codes: Readonly<Record<string, string>>;
}): ReactElement {
  const { number, who, says, standing, mails, clauses, rules = [], benches = [], decisions, because, open } = statement;
  return (
    <li className="statement" id={statementAnchor(number)}>
      <p className="says">
        <a href={`#${statementAnchor(number)}`} aria-label={`Statement ${String(number)}`}>
          {number}
        </a>{' '}
        <span className="who">{who.join(', ')}:</span> <Inline text={says} />
      </p>
      <p className="quiet">
        <StandingMark standing={standing} /> · {mails.map(({ file, line }) => `${file}:${String(line)}`).join(', ')}
      </p>
      <dl>
        <Home name="clauses" of={clauses}>
          {({ clause, scenarios }) => (
            <>
              <ClauseLink id={clause} />{' '}
              <span className="quiet">
                {scenarios} {scenarios === 1 ? 'scenario' : 'scenarios'}
              </span>{' '}
              <VerdictBrief codes={codes[clause] ?? ''} />
            </>
          )}
        </Home>
        <Home name="held by" of={rules}>
          {(file) => <code>{file}</code>}
        </Home>
        <Home name="measured by" of={benches}>
          {(file) => <code>{file}</code>}
        </Home>
        <Home name="decided in" of={decisions}>
          {({ id, number: note, title }) => (
            <Link to={`/decisions/${id}/`}>
              {note} {title}
            </Link>
          )}
        </Home>
        <Home name="not tested, because" of={because === undefined ? [] : [because]}>
          {(text) => <Told text={text} />}
        </Home>
        <Home name="open" of={open === undefined ? [] : [open]}>
          {(text) => <Told text={text} />}
        </Home>
      </dl>
    </li>
  );
}

interface HomeProps<Item> {
  readonly name: string;
  readonly of: readonly Item[];
  readonly children: (item: Item) => ReactNode;
}

function Home<Item>({ name, of, children }: HomeProps<Item>): ReactElement | null {
  if (of.length === 0) return null;
  return (
    <>
      <dt>{name}</dt>
      {of.map((item, index) => (
        <dd key={index}>{children(item)}</dd>
      ))}
    </>
  );
}

/** Other statements that a text names are links. */
export function Told({ text }: { readonly text: string }): ReactElement {
  const parts = text.split(/(\bstatements? \d+(?:(?:, | and )\d+)*)/);
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 0 ? <Inline key={index} text={part} /> : <Numbers key={index} text={part} />,
      )}
    </>
  );
}

function Numbers({ text }: { readonly text: string }): ReactElement {
  return (
    <Listed separator="">
      {text
        .split(/(\d+)/)
        .map((part) =>
          /^\d+$/.test(part) ? <Link to={`/provenance/#${statementAnchor(Number(part))}`}>{part}</Link> : part,
        )}
    </Listed>
  );
}
