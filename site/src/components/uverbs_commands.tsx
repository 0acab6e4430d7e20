/** The write commands: numbers, requests and responses. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { UverbsCommandView } from '../../../runner/view_model/model.ts';
import { useAnchors } from './anchors.ts';
import { Scrolling } from './page.tsx';
import { Neutral } from './uverbs_methods.tsx';

export function UverbsCommands({ of: commands }: { readonly of: readonly UverbsCommandView[] }): ReactElement {
  useAnchors(commands.map(({ constant }) => constant));
  return (
    <Scrolling label="Write commands">
      <table>
        <thead>
          <tr>
            <th scope="col">number</th>
            <th scope="col">command</th>
            <th scope="col">object</th>
            <th scope="col">request</th>
            <th scope="col">response</th>
            <th scope="col">driver data</th>
            <th scope="col">a driver must have</th>
            <th scope="col">neutral call</th>
          </tr>
        </thead>
        <tbody>
          {commands.map((command) => (
            <Row key={command.constant} command={command} />
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

function Row({ command }: { readonly command: UverbsCommandView }): ReactElement {
  const { name, constant, number, extended, object, needs, driverData, serves, request, response } = command;
  return (
    <tr id={constant}>
      <td>
        {number}
        {extended ? ' extended' : ''}
      </td>
      <th scope="row">
        <code>{name}</code>
      </th>
      <td>{object ?? <span className="quiet">never had code</span>}</td>
      <td>
        <Part part={request} />
      </td>
      <td>
        <Part part={response} />
      </td>
      <td>{object === undefined ? '' : extended ? 'in its own words' : DRIVER_DATA[driverData ?? 'none']}</td>
      <td>{needs.join(', ')}</td>
      <td>{serves !== undefined && <Neutral call={serves} />}</td>
    </tr>
  );
}

const DRIVER_DATA = { both: 'behind both', in: 'behind the request', none: 'none' } as const;

function Part({ part }: { readonly part: UverbsCommandView['request'] }): ReactElement | null {
  if (part === undefined) return null;
  return (
    <>
      <Link to={`/chapters/uverbs_structs/#struct-ib_uverbs_${part.struct}`}>{part.struct}</Link>{' '}
      <span className="quiet">
        {part.bytes}
        {part.minimum === part.bytes ? '' : `, at least ${String(part.minimum)}`}
      </span>
    </>
  );
}
