/** One profile: whom it is for, what the published results come to under it, what it demands, and what it does not cover. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { ProfileView } from '../../../runner/view_model/model.ts';
import type { JudgedSubject } from '../../plugin/pages.ts';
import { Copyable } from '../components/copyable.tsx';
import { JudgementDetails } from '../components/judgement_details.tsx';
import { JudgementTable } from '../components/judgement_table.tsx';
import { ClauseLink, ClauseLinks, Listed } from '../components/links.tsx';
import { Page } from '../components/page.tsx';
import { useSubjectFilter } from '../components/subject_filter.tsx';

interface Data {
  readonly profile: ProfileView;
  readonly chapters: readonly { readonly id: string; readonly title: string; readonly file: string }[];
  readonly subjects: readonly JudgedSubject[];
}

export default function Profile({ data: { profile, chapters, subjects } }: { readonly data: Data }): ReactElement {
  const { id, title, purpose, certified, because, abi } = profile;
  return (
    <Page title={`Profile: ${title}`} description={purpose} wide>
      {!certified && (
        <p className="note-stale">
          Nothing in this profile is ever certified{because === undefined ? '' : `, because ${because}`}.
        </p>
      )}
      <dl className="object-facts">
        <dt>Claimed as</dt>
        <dd>
          <code>{id}</code>, for {abi.join(' and ')}
        </dd>
        <dt>Digest</dt>
        <dd>
          <code>{profile.digest}</code> <span className="quiet">of all that it demands; a claim names it</span>
        </dd>
        <dt>Demands</dt>
        <dd>
          <a href="#demands">
            {profile.demands} clauses of {profile.chapters.length} chapters
          </a>
          {profile.contains.length > 0 && (
            <>
              , among them all of{' '}
              <Listed>
                {profile.contains.map((one) => (
                  <Link key={one} to={`/profiles/${one}/`}>
                    <code>{one}</code>
                  </Link>
                ))}
              </Listed>
            </>
          )}
        </dd>
        <dt>Written in</dt>
        <dd>
          <code>spec/profiles/{id}.yaml</code>
        </dd>
        <dt>Judge a result of your own</dt>
        <dd>
          <Copyable text={`npx rdma-conformance certify ${id} RESULT`} what="command" />
          <span className="quiet">
            exits 0 where it carries the claim, 1 where it is not met, 3 where that is undecided
          </span>
        </dd>
      </dl>
      <Judgements profile={profile} subjects={subjects} />
      <h2 id="demands">What it demands</h2>
      <dl className="index">
        {profile.chapters.map(({ chapter, clauses }) => {
          const its = chapters.find((one) => one.id === chapter);
          return (
            <div key={chapter}>
              <dt>
                <Link to={`/${(its?.file ?? '').replace(/^spec\//, '').replace(/\.md$/, '')}/`}>
                  {its?.title ?? chapter}
                </Link>{' '}
                <span className="quiet">{clauses.length}</span>
              </dt>
              <dd>
                <ClauseLinks ids={clauses} />
              </dd>
            </div>
          );
        })}
      </dl>
      <Exceptions except={profile.except} />
      <Capabilities profile={profile} />
      <h2 id="not-covered">What it does not cover</h2>
      {profile.notCovered.length === 0 ? (
        <p>Nothing is listed beside what its clauses do not say.</p>
      ) : (
        <>
          <p>Its users need this too, and no clause decides it, so a claim does not speak of it.</p>
          <ul>
            {profile.notCovered.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

function Judgements({ profile, subjects: all }: Pick<Data, 'profile' | 'subjects'>): ReactElement {
  const [subjects, filter] = useSubjectFilter(all);
  const judged = subjects.flatMap((subject) => {
    const judgement = profile.judgements.find((one) => one.subject === subject.id);
    return judgement === undefined ? [] : [{ subject, judgement }];
  });
  const applicable = judged.filter(({ judgement }) => judgement.outcome !== 'not applicable');
  const apart = judged.filter(({ judgement }) => judgement.outcome === 'not applicable');
  const [first] = apart;
  return (
    <>
      <h2 id="results">Who meets it</h2>
      <p>
        One failed or lacking demand, and it is not met. What excused, told and the other words mean stands in the
        chapter on <Link to="/chapters/conformance/#profiles">conformance</Link>.
      </p>
      {filter}
      {applicable.length === 0 ? (
        <p>No published result can be judged by it.</p>
      ) : (
        <JudgementTable judged={applicable} />
      )}
      {first !== undefined && (
        <p className="quiet">
          Not applicable to {apart.map(({ subject }) => subject.label).join('; ')}: {first.judgement.reason}.
        </p>
      )}
      {applicable.map(({ subject, judgement }) => (
        <JudgementDetails key={subject.id} profile={profile.id} subject={subject} judgement={judgement} />
      ))}
    </>
  );
}

function Exceptions({ except }: Pick<ProfileView, 'except'>): ReactElement | null {
  if (except.length === 0) return null;
  return (
    <>
      <h3 id="except">Clauses of these chapters that it does not demand</h3>
      <ul>
        {except.map(({ clause, reason }) => (
          <li key={clause}>
            <ClauseLink id={clause} />: {reason}
          </li>
        ))}
      </ul>
    </>
  );
}

function Capabilities({ profile: { requires, mayLack } }: Pick<Data, 'profile'>): ReactElement {
  return (
    <>
      <h2 id="capabilities">What a device must offer, and what it may lack</h2>
      <p>
        A demand that rests on something the device may lack is excused where the device lacks it; what rests on
        anything else counts as lacking, and then the profile is not met.
      </p>
      <dl className="object-facts">
        <dt>The device must offer</dt>
        <dd>
          <Words words={requires.device} />
        </dd>
        <dt>The way to it must offer</dt>
        <dd>
          <Words words={requires.way} />
        </dd>
        <dt>The device may lack</dt>
        <dd>
          <Words words={mayLack.device} />
        </dd>
        <dt>The way to it may lack</dt>
        <dd>
          <Words words={mayLack.way} />
        </dd>
      </dl>
    </>
  );
}

function Words({ words }: { readonly words: readonly string[] }): ReactElement {
  if (words.length === 0) return <span className="quiet">nothing</span>;
  return (
    <Listed>
      {words.map((word) => (
        <code key={word}>{word}</code>
      ))}
    </Listed>
  );
}
