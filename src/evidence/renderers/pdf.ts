import { reportPdf } from '../pdf/report';
import type { Renderer } from './renderer';

export const PDF: Renderer = {
  format: 'pdf',
  what: 'the document',
  async *render(evidence) {
    yield { path: 'report.pdf', content: await reportPdf(evidence) };
  },
};
