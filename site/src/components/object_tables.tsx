/** The tables of one object: its methods, its attributes. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { MethodView, ObjectView } from '../../../runner/view_model/model.ts';
import { useAnchors } from './anchors.ts';
import { ClauseLink, Listed } from './links.tsx';
import { Scrolling } from './page.tsx';

interface Props {
  readonly object: ObjectView;
}

export function Methods({ object: { object, methods } }: Props): ReactElement {
  useAnchors(methods.map(({ name }) => `method-${name}`));
  return (
    <>
      {methods.map((method) => (
        <section
          key={method.name}
          className="method"
          id={`method-${method.name}`}
          aria-label={`${object}.${method.name}`}
        >
          <p>
            <code className="name">
              {object}.{method.name}
            </code>{' '}
            <span className="quiet">
              method {method.number}, {method.abi.join(' and ')}
              {method.serves === undefined ? '' : `, of ${method.serves.join(', ')}`}
            </span>
            <br />
            {method.meaning}
            <Carried method={method} />
          </p>
          <MethodAttributes object={object} method={method} />
        </section>
      ))}
    </>
  );
}

/** What the method is called on the wire of Linux. */
function Carried({ method: { layouts } }: { readonly method: MethodView }): ReactElement | null {
  const names = [...new Set(layouts.filter(({ abi }) => abi === 'uverbs').map(({ name }) => name))];
  if (names.length === 0) return null;
  return (
    <span className="quiet">
      ; in uverbs{' '}
      <Listed>
        {names.map((name) => (
          <code key={name}>{name}</code>
        ))}
      </Listed>
    </span>
  );
}

function MethodAttributes({
  object,
  method,
}: {
  readonly object: string;
  readonly method: MethodView;
}): ReactElement | null {
  if (method.attributes.length === 0) return <p className="quiet">Takes no attributes.</p>;
  return (
    <Scrolling label={`Attributes of ${object}.${method.name}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">attribute</th>
            <th scope="col">direction</th>
            <th scope="col">needed</th>
          </tr>
        </thead>
        <tbody>
          {method.attributes.map(({ name, direction, required, only, optionalFor, unless }) => (
            <tr key={name}>
              <th scope="row">
                <a href={`#attribute-${name}`}>
                  <code>{name}</code>
                </a>
              </th>
              <td>{direction}</td>
              <td>
                {required ? 'required' : 'optional'}
                {optionalFor === undefined ? '' : `, optional for ${optionalFor.join(', ')}`}
                {only === undefined ? '' : `; ${only.join(', ')} only`}
                {unless === undefined ? '' : `; not with ${unless}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

export function Attributes({ object: { object, attributes } }: Props): ReactElement {
  useAnchors(attributes.map(({ name }) => `attribute-${name}`));
  if (attributes.length === 0) return <p>None.</p>;
  return (
    <Scrolling label={`Attributes of ${object}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">attribute</th>
            <th scope="col">id in uapi</th>
            <th scope="col">type</th>
            <th scope="col">meaning</th>
          </tr>
        </thead>
        <tbody>
          {attributes.map(({ name, id, type, meaning, bit, variants, bounds }) => (
            <tr key={name} id={`attribute-${name}`}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{id >= 0x8000 ? `0x${id.toString(16)}` : String(id)}</td>
              <td>
                <TypeText type={type} />
              </td>
              <td>
                {meaning}
                {bit === undefined ? (
                  ''
                ) : (
                  <>
                    {' '}
                    (modify bit <code>{bit}</code>)
                  </>
                )}
                {variants === undefined ? '' : `; ${variants.join(', ')} only`}
                {bounds.map(({ what, clause }) => (
                  <div key={what} className="quiet">
                    bounds <code>{what}</code>: <ClauseLink id={clause} />
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

/** Types that are tables of their own are links to them. */
function TypeText({ type }: { readonly type: string }): ReactElement {
  const [kind = '', name = ''] = type.replace(/^list of record /, 'struct ').split(' ');
  const known = kind === 'enum' || kind === 'flags' || kind === 'struct';
  return known ? <Link to={`/types/#${kind}-${name}`}>{type}</Link> : <>{type}</>;
}
