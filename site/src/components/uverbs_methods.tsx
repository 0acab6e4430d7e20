/** Objects, methods and attributes that Linux has, with the numbers that travel in a message. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { UverbsAttributeView, UverbsView } from '../../../runner/view_model/model.ts';
import { useAnchors } from './anchors.ts';
import { Listed } from './links.tsx';
import { Scrolling } from './page.tsx';
import { Since } from './uverbs_since.tsx';

type Objects = UverbsView['objects'];
type Method = Objects[number]['methods'][number];

const HANDLES: Readonly<Record<Objects[number]['handles'], string>> = {
  handle: 'instances have handles',
  fd: 'instances are file descriptors',
  none: 'no instances',
};

export function UverbsMethods({ of: objects }: { readonly of: Objects }): ReactElement {
  useAnchors(objects.flatMap(({ name, methods }) => [`object-${name}`, ...methods.map(({ constant }) => constant)]));
  return (
    <>
      <Scrolling label="Objects of uverbs">
        <table>
          <thead>
            <tr>
              <th scope="col">id</th>
              <th scope="col">object</th>
              <th scope="col">instances</th>
              <th scope="col">methods</th>
              <th scope="col">a driver must have</th>
            </tr>
          </thead>
          <tbody>
            {objects.map(({ name, id, handles, needs, since, methods }) => (
              <tr key={name}>
                <td>{id}</td>
                <th scope="row">
                  <a href={`#object-${name}`}>
                    <code>{name}</code>
                  </a>{' '}
                  <Since since={since} />
                </th>
                <td>{HANDLES[handles]}</td>
                <td>{methods.length}</td>
                <td>{needs.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      {objects.map(({ name, id, since, methods }) => (
        <section key={name} id={`object-${name}`} aria-label={name}>
          <h3>
            <code>{name}</code>{' '}
            <span className="quiet">
              object {id} <Since since={since} />
            </span>
          </h3>
          {methods.length === 0 && <p className="quiet">No methods: made by a write command, ended by close.</p>}
          {methods.map((method) => (
            <MethodTable key={method.name} object={name} method={method} />
          ))}
        </section>
      ))}
    </>
  );
}

function MethodTable({ object, method }: { readonly object: string; readonly method: Method }): ReactElement {
  const { name, id, constant, since, until, serves, attributes } = method;
  return (
    <section className="method" id={constant} aria-label={`${object}.${name}`}>
      <p>
        <code className="name">
          {object}.{name}
        </code>{' '}
        <span className="quiet">
          method {id}, <code>{constant}</code> <Since since={since} until={until} />
          {serves === undefined ? '' : '; the message of '}
          {serves !== undefined && <Neutral call={serves} />}
        </span>
      </p>
      <Scrolling label={`Attributes of ${object}.${name} in uverbs`}>
        <table>
          <thead>
            <tr>
              <th scope="col">id</th>
              <th scope="col">attribute</th>
              <th scope="col">form</th>
              <th scope="col">needed</th>
            </tr>
          </thead>
          <tbody>
            {attributes.map((attribute) => (
              <tr key={attribute.name}>
                <td>{attribute.id >= 0x1000 ? `0x${attribute.id.toString(16)}` : String(attribute.id)}</td>
                <th scope="row">
                  <code>{attribute.name}</code> <Since since={attribute.since} />
                </th>
                <td>
                  <Form attribute={attribute} />
                </td>
                <td>{attribute.required ? 'required' : 'optional'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}

function Form({ attribute: { form, struct, values } }: { readonly attribute: UverbsAttributeView }): ReactElement {
  return (
    <Listed>
      {[
        <span key="form">{form}</span>,
        ...(struct === undefined
          ? []
          : [
              <Link key="struct" to={`/chapters/uverbs_structs/#struct-ib_uverbs_${struct}`}>
                {struct}
              </Link>,
            ]),
        ...(values === undefined
          ? []
          : [
              <Link key="values" to={`/chapters/uverbs_constants/#constants-${values}`}>
                {values}
              </Link>,
            ]),
      ]}
    </Listed>
  );
}

/** `cq.create`, a link to where the call is explained. */
export function Neutral({ call }: { readonly call: string }): ReactElement {
  const [object = '', method = ''] = call.split('.');
  return (
    <Link to={`/objects/${object}/#method-${method}`}>
      <code>{call}</code>
    </Link>
  );
}
