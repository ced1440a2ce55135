import { type Arrow, type Point, widthOf } from './drawing';
import { ARROW, OUTSIDE } from './style';
import { INTERNET, type MapLink } from './system-map';

/** Where a box is. */
export interface Slot {
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const LANE = 9;
/** How far arrows turn away from boxes: beyond the boundary of the network. */
const AWAY = 24;
const CHANNEL = 16;

/** A link as it is drawn: always from the left to the right, whichever way it points. */
interface Drawn {
  readonly link: MapLink;
  readonly left: string;
  readonly right: string;
  readonly isTurned: boolean;
}

/** Draws arrows at right angles: in the gaps between columns, and below them where columns are passed over. */
export class Router {
  private channels = 0;
  private readonly lanes = new Map<number, number>();

  /**
   * @param gutters where the gap to the right of each column begins.
   * @param channelTop where the arrows run that pass over columns.
   */
  constructor(
    private readonly slots: ReadonlyMap<string, Slot>,
    private readonly gutters: readonly number[],
    private readonly channelTop: number,
  ) {}

  /** How much room the arrows take that pass over columns. */
  public get channelHeight(): number {
    return this.channels * CHANNEL;
  }

  public route(links: readonly MapLink[]): Arrow[] {
    const drawn = links.map((link) => this.turned(link));
    const leaving = this.sides(drawn, 'left', 'right');
    const entering = this.sides(drawn, 'right', 'left');
    return drawn
      .map((each, index) => ({ each, start: leaving[index], end: entering[index] }))
      .sort((a, b) => a.start.y - b.start.y || a.end.y - b.end.y)
      .map(({ each, start, end }) => this.draw(each, start, end));
  }

  private turned(link: MapLink): Drawn {
    const isTurned = this.slots.get(link.from)!.column > this.slots.get(link.to)!.column;
    return isTurned ? { link, left: link.to, right: link.from, isTurned } : { link, left: link.from, right: link.to, isTurned };
  }

  /** Where each link touches the box at one of its ends: spread over the side, in the order of the boxes at the other end. */
  private sides(drawn: readonly Drawn[], side: 'left' | 'right', other: 'left' | 'right'): Point[] {
    const result: Point[] = [];
    const byBox = new Map<string, number[]>();
    drawn.forEach((each, index) => {
      const members = byBox.get(each[side]);
      if (members) members.push(index);
      else byBox.set(each[side], [index]);
    });
    for (const [id, members] of byBox) {
      const slot = this.slots.get(id)!;
      const far = (index: number) => {
        const at = this.slots.get(drawn[index][other])!;
        // What passes over columns runs below them.
        return Math.abs(at.column - slot.column) > 1 ? 1e6 + at.y : at.y;
      };
      members.sort((a, b) => far(a) - far(b) || a - b);
      members.forEach((index, place) => {
        const isLoop = this.slots.get(drawn[index].left)!.column === this.slots.get(drawn[index].right)!.column;
        const x = side === 'left' || isLoop ? slot.x + slot.width : slot.x;
        result[index] = { x, y: slot.y + (slot.height * (place + 1)) / (members.length + 1) };
      });
    }
    return result;
  }

  private draw({ link, left, right, isTurned }: Drawn, start: Point, end: Point): Arrow {
    const [from, to] = [this.slots.get(left)!.column, this.slots.get(right)!.column];
    const lane = this.laneAfter(from);
    let points: Point[];
    if (to <= from + 1) {
      const isStraight = Math.abs(start.y - end.y) < 1 && to === from + 1;
      points = isStraight ? [start, end] : [start, { x: lane, y: start.y }, { x: lane, y: end.y }, end];
    } else {
      const channel = this.channelTop + this.channels * CHANNEL;
      this.channels += 1;
      const last = this.laneAfter(to - 1);
      points = [start, { x: lane, y: start.y }, { x: lane, y: channel }, { x: last, y: channel }, { x: last, y: end.y }, end];
    }
    const isOutside = left === INTERNET && !isTurned;
    const room = widthOf(link.label, 10) / 2 + 20;
    return {
      from: link.from,
      to: link.to,
      points: isTurned ? [...points].reverse() : points,
      label: link.label,
      labelAt: { x: to === from ? lane + room - 14 : end.x - room - 4, y: end.y },
      colour: isOutside ? OUTSIDE : ARROW,
    };
  }

  private laneAfter(column: number): number {
    const used = this.lanes.get(column) ?? 0;
    this.lanes.set(column, used + 1);
    return this.gutters[column] + AWAY + (used % 4) * LANE;
  }
}
