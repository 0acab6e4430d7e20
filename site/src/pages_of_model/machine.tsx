/** One state machine: choose a transition, by the arrow or in the table, and see what it takes and what was seen of it. */
import Link from '@docusaurus/Link';
import { useHistory, useLocation } from '@docusaurus/router';
import useIsBrowser from '@docusaurus/useIsBrowser';
import type { ReactElement } from 'react';
import type { MachinesView, MachineView } from '../../../runner/view_model/model.ts';
import { Diagram, failedOn, pairOf } from '../components/machine_diagram.tsx';
import { MoveFacts } from '../components/move_facts.tsx';
import { Page, Scrolling } from '../components/page.tsx';

interface Data extends Pick<MachinesView, 'states' | 'posting'> {
  readonly machine: MachineView;
  readonly others: readonly Pick<MachineView, 'id' | 'table' | 'type'>[];
}

export default function Machine({ data }: { readonly data: Data }): ReactElement {
  const { machine, states, posting, others } = data;
  const history = useHistory();
  const { pathname, hash } = useLocation();
  const wanted = useIsBrowser() ? decodeURIComponent(hash.slice(1)) : '';
  const pairs = new Set([...machine.moves, ...machine.illegal].map(pairOf));
  const chosen = pairs.has(wanted) ? wanted : 'RESET->INIT';
  const choose = (pair: string): void => {
    history.replace(`${pathname}#${encodeURIComponent(pair)}`);
  };
  return (
    <Page
      title={`${machine.type} queue pairs`}
      description={`By table ${machine.table}, which judges ports of transport ${machine.transports.join(', ')}. Choose a transition by its arrow or in the table.`}
      wide
    >
      <nav aria-label="Other types">
        <ul className="pills">
          {others.map(({ id, type, table }) => (
            <li key={id}>
              {id === machine.id ? (
                <strong aria-current="page">{type}</strong>
              ) : (
                <Link to={`/state-machines/${id}/${hash}`}>{type}</Link>
              )}
              {table === machine.table ? '' : <span className="quiet"> {table}</span>}
            </li>
          ))}
        </ul>
      </nav>
      <div className="machine-and-facts">
        <div>
          <Diagram machine={machine} states={states} chosen={chosen} choose={choose} />
          <Matrix machine={machine} states={states} chosen={chosen} choose={choose} />
        </div>
        <MoveFacts machine={machine} pair={chosen} />
      </div>
      <h2 id="posting">What becomes of work requests by state</h2>
      <Scrolling label="Posting by state">
        <table>
          <thead>
            <tr>
              <th scope="col">queue</th>
              {states.map((state) => (
                <th key={state} scope="col">
                  {state}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(['send', 'receive'] as const).map((side) => (
              <tr key={side}>
                <th scope="row">{side}</th>
                {states.map((state) => (
                  <td key={state}>{posting[side][state] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      <p>
        The rules are in <Link to="/objects/qp_modify/">the queue-pair state machine</Link>.
      </p>
    </Page>
  );
}

/** Every pair of states: numbers of required and optional attributes where it is legal. */
function Matrix({
  machine,
  states,
  chosen,
  choose,
}: {
  readonly machine: MachineView;
  readonly states: readonly string[];
  readonly chosen: string;
  readonly choose: (pair: string) => void;
}): ReactElement {
  const moves = new Map(machine.moves.map((move) => [pairOf(move), move]));
  const illegal = new Map(machine.illegal.map((pair) => [pairOf(pair), pair]));
  return (
    <Scrolling label="All pairs of states">
      <table className="pairs">
        <caption>
          From the state of the row to that of the column: required + optional attributes; · is refused.
        </caption>
        <thead>
          <tr>
            <th scope="col">from \ to</th>
            {states.map((state) => (
              <th key={state} scope="col">
                {state}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {states.map((from) => (
            <tr key={from}>
              <th scope="row">{from}</th>
              {states.map((to) => {
                const pair = `${from}->${to}`;
                const move = moves.get(pair);
                const failed = failedOn(move ?? illegal.get(pair) ?? { verdicts: [] });
                return (
                  <td key={to}>
                    <button
                      type="button"
                      aria-pressed={pair === chosen}
                      aria-label={`${from} to ${to}${move === undefined ? ', refused' : ''}${failed ? ', a check failed' : ''}`}
                      onClick={() => {
                        choose(pair);
                      }}
                    >
                      {move === undefined ? '·' : `${String(move.required.length)}+${String(move.optional.length)}`}
                      {failed ? ' ✕' : ''}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
