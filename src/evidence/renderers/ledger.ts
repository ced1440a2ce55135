import type { Renderer } from './renderer';

export const LEDGER: Renderer = {
  format: 'ledger',
  what: 'the ledger',
  *render({ input }) {
    yield { path: 'ledger.json', content: input.ledgerText };
  },
};
