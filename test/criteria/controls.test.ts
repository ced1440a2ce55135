import type { Control } from '../../src/criteria/control';
import { CONTROL_THEMES, CONTROLS, controlEntries } from '../../src/criteria/controls';
import { TRUST_SERVICES_CRITERIA } from '../../src/criteria/trust-services-criteria';
import { CHECKLIST } from './checklist';

const ENTRIES = controlEntries().map(([id, control]) => ({ id, control }));

/** Controls that answer an item. */
const answers = (item: string): Control[] =>
  ENTRIES.filter(({ control }) => control.checklist.includes(item)).map(({ control }) => control);

test('every control stands in one theme', () => {
  expect(Object.values(CONTROL_THEMES).flatMap((theme) => Object.keys(theme))).toEqual(Object.keys(CONTROLS));
});

describe.each(ENTRIES)('$id', ({ id, control }) => {
  test('is described as every control is', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(control.title).toMatch(/^[A-Z].*[^.]$/);
    expect(control.criteria.length).toBeGreaterThan(0);
    expect(control.criteria.filter((each, index) => control.criteria.indexOf(each) !== index)).toEqual([]);
  });

  test('says what people still do, unless the library answers for it alone', () => {
    if (control.owner === 'library') expect(control.remainder).toBeUndefined();
    else expect(control.remainder).toMatch(/^[A-Z].*\.$/);
  });

  test('claims to make nobody compliant', () => {
    expect(`${control.title} ${control.remainder ?? ''}`).not.toMatch(/complian|certif(y|ied)|guarantee/i);
  });

  test('answers items of the checklists, in order', () => {
    const ids = CHECKLIST.map((item) => item.id);
    expect(control.checklist).toEqual(ids.filter((item) => control.checklist.includes(item)));
  });
});

test('every criterion is supported by a control', () => {
  const supported = new Set(ENTRIES.flatMap(({ control }) => control.criteria));
  expect(TRUST_SERVICES_CRITERIA.map(({ id }) => id).filter((id) => !supported.has(id))).toEqual([]);
});

test('there are 167 items', () => {
  expect(CHECKLIST).toHaveLength(167);
});

describe.each(CHECKLIST)('$id $item', ({ id, owner }) => {
  const owners = answers(id).map((control) => control.owner);

  test('is answered', () => {
    expect(owners.length).toBeGreaterThan(0);
  });

  // Where the item is for both to do, both must be among those who answer; nobody is left out of what is theirs.
  test(`has answers from those it is for: ${owner}`, () => {
    const library = owners.includes('library') || owners.includes('shared');
    const people = owners.includes('organisation') || owners.includes('shared');
    expect({
      library: library || owner === 'organisation' || owner === 'aws',
      people: people || owner === 'library' || owner === 'aws',
    }).toEqual({
      library: true,
      people: true,
    });
    expect(owners.includes('AWS')).toBe(owner === 'aws');
    if (owner === 'library') expect(owners).not.toContain('organisation');
  });
});
