import type { Arrow, Box, Words } from './drawing';
import { widthOf } from './drawing';
import { ARROW, INTERNET_STYLE, OUTSIDE, SOFT, ZONE_STYLES } from './style';

/** What lines and colours mean, in one row. */
export function legend(
  x: number,
  y: number,
  hasNetwork: boolean,
  isServing: boolean,
): { boxes: Box[]; arrows: Arrow[]; words: Words[] } {
  const boxes: Box[] = [];
  const arrows: Arrow[] = [];
  const words: Words[] = [];
  let left = x;
  const say = (text: string) => {
    words.push({ x: left, y: y + 4, text, size: 10.5, colour: SOFT });
    left += widthOf(text, 10.5) + 26;
  };
  const swatch = (fill: string, stroke: string, text: string, isDashed = false) => {
    boxes.push({ id: `legend-${text}`, x: left, y: y - 7, width: 20, height: 14, fill, stroke, isDashed, radius: 3 });
    left += 27;
    say(text);
  };
  const arrow = (colour: string, text: string) => {
    arrows.push({
      from: '',
      to: '',
      points: [
        { x: left, y },
        { x: left + 30, y },
      ],
      label: '',
      labelAt: { x: 0, y: 0 },
      colour,
    });
    left += 38;
    say(text);
  };
  if (isServing) {
    arrow(OUTSIDE, 'let in from the internet, with its port');
    arrow(ARROW, 'allowed inside, with its port');
    swatch(INTERNET_STYLE.fill, INTERNET_STYLE.stroke, 'not trusted');
    swatch(ZONE_STYLES.entry.fill, ZONE_STYLES.entry.stroke, 'reachable from outside');
    swatch(ZONE_STYLES.app.fill, ZONE_STYLES.app.stroke, 'inside');
  }
  if (hasNetwork) swatch('none', '#2b618f', 'boundary of the private network', true);
  swatch('#fcfdfc', '#8a969e', 'the AWS account: the boundary of trust');
  return { boxes, arrows, words };
}
