/** Memory as a table of eight bytes a row: each cell is as wide as what it holds. */
import type { ReactElement } from 'react';
import type { Cell } from '../../../spec/abi/abi.ts';
import { Scrolling } from './page.tsx';

const ROW = 8;
/** Rows of one cell that are drawn before the rest is said in words. */
const TALL = 2;

interface Piece {
  readonly cell: Cell;
  readonly at: number;
  readonly bytes: number;
  readonly rows: number;
  /** What of the cell is drawn here. */
  readonly text: 'all' | 'more';
}

export function Bytes({ cells, label }: { readonly cells: readonly Cell[]; readonly label: string }): ReactElement {
  const rows = rowsOf(cells);
  return (
    <Scrolling label={label}>
      <table className="bytes">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            <th scope="col">offset</th>
            {Array.from({ length: ROW }, (_, byte) => (
              <th key={byte} scope="col">
                +{byte}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((pieces) => (
            <tr key={pieces[0]?.at}>
              <th scope="row">{pieces[0]?.at}</th>
              {pieces.map(({ cell, at, bytes, rows: height, text }) => (
                <td key={at} colSpan={bytes} className={`part-${cell.part}`}>
                  {text === 'all' ? <CellText cell={cell} height={height} /> : '…'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

function CellText({
  cell: { name, value, bytes },
  height,
}: {
  readonly cell: Cell;
  readonly height: number;
}): ReactElement {
  return (
    <>
      <span className="cell-name">{name}</span>
      {name !== 'padding' && value !== name && <span className="cell-value">{value}</span>}
      {height > TALL && <span className="cell-value">{bytes} bytes</span>}
    </>
  );
}

/** Cells cut where a row of eight bytes ends; of a tall one only the first row and the last. */
function rowsOf(cells: readonly Cell[]): readonly (readonly Piece[])[] {
  const rows = new Map<number, Piece[]>();
  for (const cell of cells) {
    const end = cell.at + cell.bytes;
    const first = Math.floor(cell.at / ROW);
    const last = Math.floor((end - 1) / ROW);
    const height = last - first + 1;
    for (let row = first; row <= last; row += 1) {
      if (height > TALL && row !== first && row !== last) continue;
      const at = Math.max(cell.at, row * ROW);
      const bytes = Math.min(end, (row + 1) * ROW) - at;
      const piece: Piece = { cell, at, bytes, rows: height, text: row === first ? 'all' : 'more' };
      const list = rows.get(row);
      if (list === undefined) rows.set(row, [piece]);
      else list.push(piece);
    }
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, pieces]) => pieces);
}
