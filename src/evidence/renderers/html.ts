import { reportPage } from '../html/page';
import type { Renderer } from './renderer';

export const HTML: Renderer = {
  format: 'html',
  what: 'the report',
  *render(evidence) {
    yield { path: 'index.html', content: reportPage(evidence), isPage: true };
  },
};
