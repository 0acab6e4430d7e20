/** All state machines side by side. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { MachinesView } from '../../../runner/view_model/model.ts';
import { Diagram } from '../components/machine_diagram.tsx';
import { Page } from '../components/page.tsx';

export default function Machines({
  data: { machines: view },
}: {
  readonly data: { readonly machines: MachinesView };
}): ReactElement {
  const tables = [...new Set(view.machines.map(({ table }) => table))];
  return (
    <Page
      title="Queue-pair state machines"
      description="One for each table and type, every state in the same place; numbers count required + optional attributes. Choose one to see what each transition requires, allows and refuses, and what was seen of it."
      wide
    >
      {tables.map((table) => {
        const its = view.machines.filter((machine) => machine.table === table);
        return (
          <section key={table} aria-labelledby={`table-${table}`}>
            <h2 id={`table-${table}`}>
              Table <code>{table}</code>
            </h2>
            <p className="quiet">judges ports of transport {its[0]?.transports.join(', ')}</p>
            <ul className="machines">
              {its.map((machine) => (
                <li key={machine.id}>
                  <Link to={`/state-machines/${machine.id}/`}>{machine.type}</Link>
                  <span className="quiet"> {machine.moves.length} transitions</span>
                  <Diagram machine={machine} states={view.states} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </Page>
  );
}
