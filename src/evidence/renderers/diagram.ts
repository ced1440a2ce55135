import { drawioFile } from '../network/drawio';
import { pngOf } from '../network/png';
import type { Renderer } from './renderer';

export const DIAGRAM: Renderer = {
  format: 'diagram',
  what: 'the network diagram',
  async *render({ input: { pictures } }) {
    for (const { file, svg } of pictures) {
      yield { path: `${file}.svg`, content: svg };
      yield { path: `${file}.png`, content: await pngOf(svg) };
    }
    if (pictures.length > 0) yield { path: 'network-diagram.drawio', content: drawioFile(pictures.map(({ cells }) => cells)) };
  },
};
