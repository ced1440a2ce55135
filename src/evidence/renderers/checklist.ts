import { CHECKLIST } from '../../criteria/checklist';
import { checklistPage } from '../html/checklist-page';
import type { Renderer } from './renderer';

export const CHECKLIST_PAGES: Renderer = {
  format: 'checklist',
  what: 'the pages of the checklist',
  *render(evidence) {
    const has = (file: string) => !file.startsWith('network-diagram') || evidence.input.pictures.length > 0;
    for (const item of CHECKLIST)
      yield { path: `checklist/${item.id}.html`, content: checklistPage(item, evidence, has), isPage: true };
  },
};
