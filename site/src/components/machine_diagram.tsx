/** A state machine drawn: seven boxes at fixed places and an arrow for each legal transition. */
import type { KeyboardEvent, ReactElement } from 'react';
import type { MachineView, MoveView } from '../../../runner/view_model/model.ts';
import { HALF, POSITIONS, VIEW_BOX, curveOf, headOf, labelOf, pathOf, pointOf } from './machine_shape.ts';

export interface DiagramProps {
  readonly machine: MachineView;
  readonly states: readonly string[];
  /** `FROM->TO` of what is chosen. */
  readonly chosen?: string;
  /** Without it the diagram is a picture. */
  readonly choose?: (pair: string) => void;
}

export function pairOf({ from, to }: Pick<MoveView, 'from' | 'to'>): string {
  return `${from}->${to}`;
}

export function failedOn({ verdicts }: Pick<MoveView, 'verdicts'>): boolean {
  return verdicts.some(({ failed }) => failed > 0);
}

export function Diagram({ machine, states, chosen, choose }: DiagramProps): ReactElement {
  const label = `States and transitions of ${machine.type} queue pairs`;
  return (
    <svg className="machine" viewBox={VIEW_BOX} role={choose === undefined ? 'img' : 'group'} aria-label={label}>
      {machine.moves.map((move) => (
        <Arrow key={pairOf(move)} move={move} chosen={chosen === pairOf(move)} choose={choose} />
      ))}
      {states.map((state) => {
        const { x, y } = POSITIONS[state] ?? { x: 0, y: 0 };
        return (
          <g key={state} className="state" aria-hidden={choose === undefined ? undefined : true}>
            <rect x={x - HALF.x} y={y - HALF.y} width={2 * HALF.x} height={2 * HALF.y} rx="8" />
            <text x={x} y={y + 5} textAnchor="middle">
              {state}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function Arrow({
  move,
  chosen,
  choose,
}: {
  readonly move: MoveView;
  readonly chosen: boolean;
  readonly choose: DiagramProps['choose'];
}): ReactElement {
  const { from, to, required, optional } = move;
  const curve = curveOf(from, to);
  const failed = failedOn(move);
  const { x, y } = labelOf(curve);
  const cross = pointOf(curve, 0.25);
  const kind = to === 'RESET' ? 'to-reset' : to === 'ERR' ? 'to-err' : 'forward';
  const drawn = (
    <>
      <path className="line" d={pathOf(curve)} />
      <polygon className="head" points={headOf(curve)} />
      {required.length + optional.length > 0 && (
        <text className="sum" x={x} y={y} aria-hidden="true">
          {required.length}+{optional.length}
        </text>
      )}
      {failed && <path className="failed-mark" d={`M${String(cross.x - 6)} ${String(cross.y - 6)}l12 12m0-12-12 12`} />}
    </>
  );
  const classes = `move ${kind} ${chosen ? 'chosen' : ''} ${failed ? 'failed' : ''}`;
  if (choose === undefined) return <g className={classes}>{drawn}</g>;
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose(pairOf(move));
  };
  const label = `${from} to ${to}: ${String(required.length)} required, ${String(optional.length)} optional${failed ? ', a check failed' : ''}`;
  return (
    <g
      className={classes}
      role="button"
      tabIndex={0}
      aria-label={label}
      aria-pressed={chosen}
      onClick={() => {
        choose(pairOf(move));
      }}
      onKeyDown={press}
    >
      <path className="reach" d={pathOf(curve)} />
      {drawn}
    </g>
  );
}
