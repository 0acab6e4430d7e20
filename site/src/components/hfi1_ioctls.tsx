/** The ioctls of hfi1. */
import type { ReactElement } from 'react';
import type { UverbsView } from '../../../runner/view_model/model.ts';
import { useAnchors } from './anchors.ts';
import { Scrolling } from './page.tsx';

type Ioctls = UverbsView['hfi1']['ioctls'];

const MOVES: Readonly<Record<string, string>> = { in: 'reads it', out: 'writes it', both: 'reads and writes it' };

export function Hfi1Ioctls({ of: ioctls }: { readonly of: Ioctls }): ReactElement {
  useAnchors(ioctls.map(({ name }) => `hfi1-${name}`));
  return (
    <Scrolling label="Ioctls of hfi1">
      <table>
        <thead>
          <tr>
            <th scope="col">number</th>
            <th scope="col">ioctl</th>
            <th scope="col">argument</th>
            <th scope="col">the driver</th>
            <th scope="col">what it does</th>
          </tr>
        </thead>
        <tbody>
          {ioctls.map(({ name, request, type, bytes, moves, early, means }) => (
            <tr key={name} id={`hfi1-${name}`}>
              <td>0x{request.toString(16).padStart(8, '0')}</td>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                {type.startsWith('hfi1_') ? <a href={`#struct-${type}`}>{type}</a> : type}
                {bytes === 0 ? '' : `, ${String(bytes)} bytes`}
              </td>
              <td>{MOVES[moves]}</td>
              <td>
                {means}
                {early ? '; before a context is assigned, too' : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
