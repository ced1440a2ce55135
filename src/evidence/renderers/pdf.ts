import { pngOf } from '../network/png';
import { reportPdf } from '../pdf/report';
import type { Renderer } from './renderer';

export const PDF: Renderer = {
  format: 'pdf',
  what: 'the document',
  async *render(evidence) {
    const [picture] = evidence.input.pictures;
    const { width = 0, height = 0 } = picture ?? {};
    yield { path: 'report.pdf', content: await reportPdf(evidence, picture && { png: await pngOf(picture.svg), width, height }) };
  },
};
