import { type Arrow, type Box, type Drawing, fitted, type Words } from '../network/drawing';
import type { GlyphName } from '../network/glyphs';
import { ARROW, INK, OUTSIDE, SOFT, WHITE, ZONE_STYLES } from '../network/style';
import type { ServerAccess } from './server-access';

const WIDTH = 216;
const HEIGHT = 54;
const GAP = 96;
const ROW = HEIGHT + 14;
const LEFT = 36;
const TOP = 112;

/** Boxes that a column has; the last one says how many more there are. */
const MOST_BOXES = 6;

interface Card {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly glyph: GlyphName;
  readonly style: { readonly fill: string; readonly stroke: string; readonly accent: string };
  readonly isDashed?: boolean;
}

/** The way to production servers, from left to right. */
export function accessDrawing(access: ServerAccess, title: string, asOf: string): Drawing {
  const columns: readonly (readonly Card[])[] = [
    [{ id: 'people', title: 'A person', note: 'with a second factor', glyph: 'people', style: ZONE_STYLES.edge }],
    [{ id: 'center', title: 'IAM Identity Center', note: 'knows who it is', glyph: 'key', style: ZONE_STYLES.edge }],
    permissionSetCards(access),
    [{ id: 'sessions', title: 'Session Manager', note: 'needs no port, no SSH key', glyph: 'gate', style: ZONE_STYLES.entry }],
    serverCards(access),
  ];
  const rows = Math.max(...columns.map(({ length }) => length));
  const middle = TOP + (rows * ROW) / 2;
  const placed = columns.map((cards, column) =>
    cards.map((card, row) => boxOf(card, LEFT + column * (WIDTH + GAP), middle - (cards.length * ROW) / 2 + row * ROW)),
  );
  const below = TOP + rows * ROW + 24;
  const [, , , [sessionBox]] = placed;
  const log = boxOf(logCard(access), sessionBox.x, below);
  const emergency = emergencyCard(access);
  // A role is taken without Identity Center, for it may be what does not work.
  const [entry] = placed[access.emergencies.some(({ kind }) => kind === 'role') ? 0 : 1];
  const emergencyBox = emergency && boxOf(emergency, entry.x, below);
  const cards = [...columns.flat(), logCard(access), ...(emergency ? [emergency] : [])];
  const boxes = [...placed.flat(), log, ...(emergencyBox ? [emergencyBox] : [])];
  const arrows = placed.slice(1).flatMap((column, index) => {
    const froms = placed[index];
    return froms.flatMap((from) => column.map((to) => across(from, to)));
  });
  const width = LEFT * 2 + columns.length * WIDTH + (columns.length - 1) * GAP;
  return {
    width,
    height: below + HEIGHT + 40,
    boxes,
    arrows: [...arrows, down(sessionBox, log), ...(emergencyBox ? [down(entry, emergencyBox)] : [])],
    words: [
      { x: LEFT, y: 44, text: fitted(title, width - 2 * LEFT, 20, true), size: 20, colour: INK, isBold: true },
      { x: LEFT, y: 68, text: `As of ${asOf}`, size: 11, colour: SOFT },
      ...boxes.flatMap((box) => wordsOf(box, cards.find(({ id }) => id === box.id)!)),
    ],
  };
}

function permissionSetCards({ permissionSets }: ServerAccess): Card[] {
  const leading = permissionSets.filter(({ opensSessions }) => opensSessions !== 'no');
  const style = ZONE_STYLES.app;
  if (leading.length === 0) {
    const note = permissionSets.length === 0 ? 'kept elsewhere' : 'none may open sessions';
    return [{ id: 'sets', title: 'Permission sets', note, glyph: 'shield', style, isDashed: true }];
  }
  const cards = leading.map(({ name, session, opensSessions }, index): Card => {
    const note = `${spokenSession(session)}${opensSessions === 'yes' ? '' : ', rights not known'}`;
    return { id: `set-${index}`, title: name, note, glyph: 'shield', style, isDashed: opensSessions !== 'yes' };
  });
  return limited(cards, 'more permission sets');
}

function serverCards({ servers }: ServerAccess): Card[] {
  const production = servers.filter(({ isProduction }) => isProduction);
  const style = ZONE_STYLES.data;
  if (production.length === 0)
    return [
      {
        id: 'servers',
        title: 'Production servers',
        note: 'none in these templates',
        glyph: 'server',
        style,
        isDashed: true,
      },
    ];
  const cards = production.map(({ name, environment }, index): Card => {
    return { id: `server-${index}`, title: name, note: environment.replace('aws://', ''), glyph: 'server', style };
  });
  return limited(cards, 'more servers');
}

function limited(cards: readonly Card[], what: string): Card[] {
  if (cards.length <= MOST_BOXES) return [...cards];
  const shown = cards.slice(0, MOST_BOXES - 1);
  return [...shown, { ...cards[MOST_BOXES - 1], title: `${cards.length - shown.length} ${what}`, note: 'the page lists them' }];
}

function logCard({ sessions: [first] }: ServerAccess): Card {
  return {
    id: 'log',
    title: 'Log of sessions',
    note: first ? first.log || 'only deployment knows' : 'its setting is elsewhere',
    glyph: 'log',
    style: ZONE_STYLES.store,
    isDashed: first === undefined,
  };
}

function emergencyCard({ emergencies: [first, ...others] }: ServerAccess): Card | undefined {
  if (first === undefined) return undefined;
  const isWatched = [first, ...others].every((each) => each.isWatched);
  const untold = others.length > 0 ? 'not every use is told' : 'nothing here tells of its use';
  const title = others.length > 0 ? `${others.length + 1} ways in emergencies` : `Emergency: ${first.name}`;
  const style = { fill: '#fdeeee', stroke: '#e9bdbd', accent: OUTSIDE };
  return {
    id: 'emergency',
    title,
    note: isWatched ? 'every use is told at once' : untold,
    glyph: 'bell',
    style,
  };
}

/** `PT4H` as people say it. */
export function spokenSession(session: string): string {
  const [, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(session) ?? [];
  const parts = [hours && `${hours} ${hours === '1' ? 'hour' : 'hours'}`, minutes && `${minutes} minutes`].filter(Boolean);
  return parts.length > 0 ? `ends after ${parts.join(' ')}` : `lasts ${session}`;
}

function boxOf({ id, glyph, style: { fill, stroke, accent }, isDashed }: Card, x: number, y: number): Box {
  return { id, x, y, width: WIDTH, height: HEIGHT, fill: isDashed ? WHITE : fill, stroke, radius: 8, glyph, accent, isDashed };
}

function wordsOf({ x, y, width }: Box, { title, note }: Card): Words[] {
  const room = width - 62;
  return [
    { x: x + 52, y: y + 23, text: fitted(title, room, 12, true), size: 12, colour: INK, isBold: true },
    { x: x + 52, y: y + 40, text: fitted(note, room, 10), size: 10, colour: SOFT },
  ];
}

function across(from: Box, to: Box): Arrow {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x - 4, y: to.y + to.height / 2 };
  const bend = (start.x + end.x) / 2;
  const points = start.y === end.y ? [start, end] : [start, { x: bend, y: start.y }, { x: bend, y: end.y }, end];
  return { from: from.id, to: to.id, points, label: '', labelAt: start, colour: ARROW };
}

function down(from: Box, to: Box): Arrow {
  const x = from.x + from.width / 2;
  const points = [
    { x, y: from.y + from.height },
    { x, y: to.y - 4 },
  ];
  return { from: from.id, to: to.id, points, label: '', labelAt: points[0], colour: ARROW };
}
