/** Where the seven states stand and how the transitions between them run: the same in every diagram, so that they can be compared by eye. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A cubic curve: start, two control points, end. */
export type Curve = readonly [number, number, number, number, number, number, number, number];

export const VIEW_BOX = '-24 6 830 490';
/** Half of a state's box. */
export const HALF = { x: 44, y: 20 } as const;

export const POSITIONS: Readonly<Record<string, Point>> = {
  RESET: { x: 70, y: 210 },
  INIT: { x: 230, y: 210 },
  RTR: { x: 390, y: 210 },
  RTS: { x: 550, y: 210 },
  SQD: { x: 700, y: 100 },
  SQE: { x: 660, y: 320 },
  ERR: { x: 330, y: 400 },
};

/** Curves drawn by hand; a pair that is not here gets a straight one. */
const CURVES: Readonly<Record<string, Curve>> = {
  'RESET->RESET': [26, 200, -20, 180, -20, 240, 26, 220],
  'RESET->INIT': [114, 203, 136, 203, 160, 203, 186, 203],
  'INIT->RESET': [186, 219, 160, 219, 136, 219, 114, 219],
  'INIT->INIT': [215, 190, 200, 150, 260, 150, 245, 190],
  'INIT->RTR': [274, 210, 300, 210, 320, 210, 346, 210],
  'INIT->ERR': [240, 230, 250, 300, 280, 350, 305, 380],
  'RTR->RTS': [434, 210, 460, 210, 480, 210, 506, 210],
  'RTR->RESET': [380, 190, 350, 110, 130, 110, 90, 190],
  'RTR->ERR': [388, 230, 384, 300, 362, 350, 340, 380],
  'RTS->RTS': [545, 230, 532, 272, 588, 272, 575, 230],
  'RTS->RESET': [535, 190, 490, 60, 120, 60, 75, 190],
  'RTS->SQD': [560, 190, 575, 140, 615, 104, 656, 104],
  'RTS->ERR': [522, 230, 480, 310, 420, 360, 365, 380],
  'SQD->RTS': [690, 120, 672, 168, 630, 196, 594, 204],
  'SQD->SQD': [744, 94, 792, 78, 792, 124, 744, 108],
  'SQD->RESET': [656, 92, 480, 0, 90, 0, 60, 190],
  'SQD->ERR': [722, 120, 800, 260, 760, 450, 374, 408],
  'SQE->RTS': [650, 300, 642, 262, 622, 238, 594, 222],
  'SQE->RESET': [640, 340, 560, 540, 110, 540, 62, 230],
  'SQE->ERR': [616, 328, 540, 362, 450, 390, 374, 396],
  'ERR->ERR': [315, 420, 302, 462, 358, 462, 345, 420],
  'ERR->RESET': [286, 396, 180, 390, 110, 320, 84, 230],
};

export function curveOf(from: string, to: string): Curve {
  const known = CURVES[`${from}->${to}`];
  if (known !== undefined) return known;
  const [a, b] = [POSITIONS[from] ?? { x: 0, y: 0 }, POSITIONS[to] ?? { x: 0, y: 0 }];
  const at = (share: number): [number, number] => [a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share];
  return [...at(0.2), ...at(0.4), ...at(0.6), ...at(0.8)];
}

export function pathOf([a, b, c, d, e, f, g, h]: Curve): string {
  return `M${String(a)} ${String(b)}C${String(c)} ${String(d)} ${String(e)} ${String(f)} ${String(g)} ${String(h)}`;
}

/** The head of the arrow, in the direction in which the curve ends. */
export function headOf([, , , , e, f, g, h]: Curve): string {
  const length = Math.hypot(g - e, h - f);
  const [x, y] = length === 0 ? [1, 0] : [(g - e) / length, (h - f) / length];
  const point = (along: number, across: number): string =>
    `${(g - x * along - y * across).toFixed(1)},${(h - y * along + x * across).toFixed(1)}`;
  return [point(0, 0), point(10, 4.5), point(10, -4.5)].join(' ');
}

/** The point after this share of the curve. */
export function pointOf([a, b, c, d, e, f, g, h]: Curve, share: number): Point {
  const rest = 1 - share;
  const at = (p: number, q: number, r: number, s: number): number =>
    rest ** 3 * p + 3 * rest ** 2 * share * q + 3 * rest * share ** 2 * r + share ** 3 * s;
  return { x: at(a, c, e, g), y: at(b, d, f, h) };
}

/** Where words about the curve stand: at its middle, above it where it is level. */
export function labelOf(curve: Curve): Point {
  const { x, y } = pointOf(curve, 0.5);
  const level = Math.abs(curve[4] - curve[2]) > Math.abs(curve[5] - curve[3]);
  return { x, y: level ? y - 6 : y + 4 };
}
