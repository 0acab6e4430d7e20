/** Every errno and every event, with the clauses that speak of it. */
import type { ReactElement } from 'react';
import type { ErrnoView, EventView } from '../../../runner/view_model/model.ts';
import { useAnchors } from '../components/anchors.ts';
import { ClauseLink, Listed } from '../components/links.tsx';
import { Page } from '../components/page.tsx';

interface Data {
  readonly errnos: readonly ErrnoView[];
  readonly events: readonly EventView[];
}

export default function Indexes({ data: { errnos, events } }: { readonly data: Data }): ReactElement {
  useAnchors([...errnos.map(({ errno }) => `errno-${errno}`), ...events.map(({ event }) => `event-${event}`)]);
  return (
    <Page title="Errnos and events" description="Which clauses refuse with an errno, and which speak of an event.">
      <h2 id="errnos">Errnos</h2>
      <dl className="index">
        {errnos.map(({ errno, number, clauses }) => (
          <div key={errno} id={`errno-${errno}`}>
            <dt>
              <code>{errno}</code>{' '}
              <span className="quiet">
                {number}, {clauses.length} {clauses.length === 1 ? 'clause' : 'clauses'}
              </span>
            </dt>
            <dd>
              <Listed>
                {clauses.map(({ clause, abi }) => (
                  <span key={clause}>
                    <ClauseLink id={clause} />
                    {abi.length === 1 ? <span className="quiet"> ({abi[0]})</span> : ''}
                  </span>
                ))}
              </Listed>
            </dd>
          </div>
        ))}
      </dl>
      <h2 id="events">Events</h2>
      <dl className="index">
        {events.map(({ event, number, about, clauses }) => (
          <div key={event} id={`event-${event}`}>
            <dt>
              <code>{event}</code>{' '}
              <span className="quiet">
                {number}, about: {about.toLowerCase()}
              </span>
            </dt>
            <dd>
              {clauses.length === 0 ? (
                <span className="quiet">named by no clause of its own; the tables say where it goes</span>
              ) : (
                <Listed>
                  {clauses.map((id) => (
                    <ClauseLink key={id} id={id} />
                  ))}
                </Listed>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Page>
  );
}
