/** The enums, flags and structs that attributes are made of. */
import type { ReactElement } from 'react';
import type { ViewModel } from '../../../runner/view_model/model.ts';
import { useAnchors } from '../components/anchors.ts';
import { Page, Scrolling } from '../components/page.tsx';

type Data = Pick<ViewModel, 'enums' | 'flags' | 'structs'>;

export default function Types({ data: { enums, flags, structs } }: { readonly data: Data }): ReactElement {
  useAnchors(Object.keys(structs).map((name) => `struct-${name}`));
  return (
    <Page title="Enums, flags and structs" description="The types of attributes that have tables of their own.">
      <h2 id="enums">Enums</h2>
      <Numbers kind="enum" of={enums} show={String} />
      <h2 id="flags">Flags</h2>
      <Numbers kind="flags" of={flags} show={(number) => `0x${number.toString(16)}`} />
      <h2 id="structs">Structs</h2>
      {Object.values(structs).map(({ name, size, fields }) => (
        <section key={name} id={`struct-${name}`} className="type">
          <h3>
            <code>{name}</code> <span className="quiet">{size} bytes</span>
          </h3>
          <Scrolling label={`Fields of ${name}`}>
            <table>
              <thead>
                <tr>
                  <th scope="col">offset</th>
                  <th scope="col">bytes</th>
                  <th scope="col">field</th>
                  <th scope="col">meaning</th>
                </tr>
              </thead>
              <tbody>
                {fields.map((field) => (
                  <tr key={field.name}>
                    <td>{field.offset}</td>
                    <td>{field.width}</td>
                    <th scope="row">
                      <code>{field.name}</code>
                    </th>
                    <td>{field.meaning}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolling>
        </section>
      ))}
    </Page>
  );
}

interface NumbersProps {
  readonly kind: 'enum' | 'flags';
  readonly of: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly show: (number: number) => string;
}

function Numbers({ kind, of, show }: NumbersProps): ReactElement {
  useAnchors(Object.keys(of).map((name) => `${kind}-${name}`));
  return (
    <dl className="index">
      {Object.entries(of).map(([name, members]) => (
        <div key={name} id={`${kind}-${name}`}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd className="members">
            {Object.entries(members).map(([member, number]) => (
              <span key={member}>
                <code>{member}</code> {show(number)}
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
