import { CHECKLIST_THEMES } from '../../criteria/checklist';
import { CONTROL_THEMES } from '../../criteria/controls';
import { answerTo } from '../checklist-answer';
import type { Evidence } from '../evidence';
import { OWNERS, STATUSES } from '../status';
import { COUNT_COLUMNS, countCells, said, type Table } from './table';

export function criteriaTable({ criteria }: Evidence): Table {
  return {
    name: 'criteria',
    title: 'Criteria',
    what: 'The Trust Services Criteria in our own words, with what the design shows of each.',
    columns: {
      Criterion: 11,
      Category: 20,
      Group: 28,
      'What it asks for': 60,
      'In scope': 10,
      Design: 20,
      ...COUNT_COLUMNS,
      Controls: 60,
      'What templates can show': 70,
    },
    rows: criteria.map(({ criterion, inScope, status, counts, controls }) => [
      criterion.id,
      criterion.category,
      criterion.group,
      criterion.title,
      inScope ? 'yes' : 'no',
      STATUSES[status],
      ...countCells(counts),
      controls.map(({ id }) => id).join(', '),
      criterion.templates,
    ]),
  };
}

export function controlsTable({ controls }: Evidence): Table {
  const themes = new Map(Object.entries(CONTROL_THEMES).flatMap(([theme, ids]) => Object.keys(ids).map((id) => [id, theme])));
  return {
    name: 'controls',
    title: 'Controls',
    what: 'The controls, who answers for each, and what people still do.',
    columns: {
      Control: 26,
      Theme: 24,
      'What is true when it works': 60,
      'Answered by': 26,
      Criteria: 24,
      Design: 20,
      ...COUNT_COLUMNS,
      'What people still do': 60,
      'Checklist items': 30,
    },
    rows: controls.map(({ id, control, status, counts }) => [
      id,
      themes.get(id) ?? '',
      control.title,
      OWNERS[control.owner],
      control.criteria.join(', '),
      STATUSES[status],
      ...countCells(counts),
      control.remainder ?? '',
      control.checklist.join(', '),
    ]),
  };
}

export function rulesTable({ rules }: Evidence): Table {
  return {
    name: 'rules',
    title: 'Rules',
    what: 'The rules, with what each found. A rule without results had nothing to judge, or was left out.',
    columns: { Rule: 16, Name: 34, 'What must be true': 60, Criteria: 24, Control: 26, Severity: 10, ...COUNT_COLUMNS, Why: 70 },
    rows: rules.map(({ rule, counts, rationale }) => [
      said(rule.rule),
      said(rule.slug),
      said(rule.title),
      rule.criteria.join(', '),
      said(rule.control),
      rule.severity,
      ...countCells(counts),
      rationale ?? '',
    ]),
  };
}

export function checklistTable(evidence: Evidence): Table {
  return {
    name: 'checklist',
    title: 'Checklist',
    what: 'What auditors and their checklists ask for, and what this bundle answers.',
    columns: {
      Item: 9,
      Theme: 34,
      'Asked for': 60,
      'Answered by': 26,
      Design: 20,
      Controls: 40,
      Files: 40,
      'What people still do': 70,
    },
    rows: Object.entries(CHECKLIST_THEMES).flatMap(([theme, items]) =>
      items.map((item) => {
        const { status, controls } = answerTo(item, evidence);
        return [
          item.id,
          theme,
          item.asked,
          OWNERS[item.owner],
          STATUSES[status],
          controls.map(({ id }) => id).join(', '),
          (item.files ?? []).join(', '),
          [...new Set(controls.flatMap(({ control }) => control.remainder ?? []))].join(' '),
        ];
      }),
    ),
  };
}
