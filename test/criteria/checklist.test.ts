import { CHECKLIST as ITEMS } from '../../src/criteria/checklist';
import { CHECKLIST } from './checklist';

test('every item of the checklists is there, in their order, with who answers for it', () => {
  const owners = CHECKLIST.map(({ id, owner }) => [id, owner === 'aws' ? 'AWS' : owner]);
  expect(ITEMS.map(({ id, owner }) => [id, owner])).toEqual(owners);
});

test('what is asked is a sentence of our own, without a full stop', () => {
  for (const { id, asked } of ITEMS) {
    expect(`${id} ${asked}`).toMatch(/^S\d-\d\d [A-Z].{10,}[^.]$/);
    expect(CHECKLIST.find((each) => each.id === id)).not.toHaveProperty('item', asked);
  }
});
