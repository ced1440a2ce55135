import type { CriterionCategory } from '../../criteria/trust-services-criteria';
import { COLUMN_NAMES, MEANINGS } from '../counts';
import type { Evidence } from '../evidence';
import { OWNERS, STATUS_MEANINGS, STATUSES, type Status } from '../status';
import { systemName } from '../system-name';
import { reasonOf } from '../tables/result-tables';
import { counted, grouped, spokenTime } from '../text';
import { wordsOf } from '../words';
import type { PdfCell, PdfPages } from './document';
import { newPages } from './new-pages';
import { addOpen, mark } from './open-results';
import { addOperating } from './operating-section';

const STATUS_COLOURS: Readonly<Record<Status, string>> = {
  open: '#b3261e',
  review: '#8a5300',
  supported: '#1c6b43',
  inherited: '#38618c',
  attached: '#0b5f7d',
  absent: '#57616b',
  people: '#57616b',
};

const CATEGORIES: Readonly<Record<CriterionCategory, string>> = {
  security: 'Security',
  availability: 'Availability',
  confidentiality: 'Confidentiality',
  processingIntegrity: 'Processing integrity',
  privacy: 'Privacy',
};

/** The report as a document of pages. */
export async function reportPdf(evidence: Evidence): Promise<Buffer> {
  const { ledger, counts } = evidence;
  const [picture] = evidence.input.pictures;
  const { synthesis } = ledger;
  const pages = newPages(evidence, 'SOC 2 design evidence');
  pages.title('SOC 2 design evidence', systemName(evidence));
  pages.text(
    'What the infrastructure is designed to do, shown from its CloudFormation templates. It supports an examination of whether controls are suitably designed. It is not an opinion: only an independent auditor gives one.',
    { colour: '#57616b' },
  );
  pages.facts(
    [
      ['As of', spokenTime(synthesis.time)],
      ['Ledger', synthesis.id],
      ['Commit', synthesis.commit ?? 'not known'],
      ['Categories', ledger.settings.scope.map((each) => CATEGORIES[each]).join(', ')],
      [
        'Written by',
        Object.entries(synthesis.versions)
          .map(([name, version]) => `${name} ${version}`)
          .join(', '),
      ],
    ],
    ['Ledger', 'Commit'],
  );
  pages.heading('Summary');
  const judging = evidence.rules.filter(({ results }) => results.length > 0).length;
  const resources = ledger.population.reduce((sum, { count }) => sum + count, 0);
  pages.text(
    `${grouped(judging)} of ${counted(ledger.rules.length, 'rule')} had something to judge among ${counted(resources, 'resource')} in ${counted(ledger.templates.length, 'template')}, and left ${counted(evidence.results.length, 'result')}: ${wordsOf(counts)}.`,
  );
  pages.table(
    [
      { title: 'Result', width: 16 },
      { title: 'Number', width: 9 },
      { title: 'Meaning', width: 75 },
    ],
    COLUMN_NAMES.map((column) => [mark(column), counts[column].toLocaleString('en-US'), MEANINGS[column]]),
  );
  if (ledger.alarms.length > 0) {
    pages.heading('What blocks, beside results', 2);
    for (const alarm of ledger.alarms) pages.text(alarm, { colour: '#b3261e' });
  }
  pages.newPage();
  if (picture) {
    pages.heading('Network');
    pages.picture(picture.drawing);
    pages.text('Drawn from the templates. Every firewall rule in words is in firewall-rules.xlsx.', {
      colour: '#57616b',
      size: 8,
    });
  }
  addCriteria(pages, evidence);
  addControls(pages, evidence);
  addOpen(pages, 'Findings and open questions', evidence.toReview);
  addExceptions(pages, evidence);
  addOperating(pages, evidence);
  addPopulation(pages, evidence);
  return pages.end();
}

function addCriteria(pages: PdfPages, { criteria }: Evidence): void {
  pages.heading('Criteria');
  pages.text('The Trust Services Criteria by number, in our own words.', { colour: '#57616b' });
  pages.table(
    [
      { title: 'Criterion', width: 10 },
      { title: 'What it asks for', width: 46 },
      { title: 'Design', width: 19 },
      { title: 'Results', width: 25 },
    ],
    criteria.map(({ criterion, status, counts, inScope }) => [
      criterion.id,
      criterion.title,
      inScope ? markStatus(status) : 'not in scope',
      wordsOf(counts),
    ]),
  );
  pages.heading('What the words mean', 2);
  pages.table(
    [
      { title: 'Design', width: 20 },
      { title: 'Meaning', width: 80 },
    ],
    (Object.keys(STATUSES) as Status[]).map((status) => [markStatus(status), STATUS_MEANINGS[status]]),
  );
}

function addControls(pages: PdfPages, { controls }: Evidence): void {
  pages.newPage();
  pages.heading('Controls');
  pages.table(
    [
      { title: 'Control', width: 34 },
      { title: 'Answered by', width: 14 },
      { title: 'Criteria', width: 13 },
      { title: 'Design', width: 15 },
      { title: 'What people still do', width: 34 },
    ],
    controls.map(({ control, status }) => [
      control.title,
      OWNERS[control.owner],
      control.criteria.join(', '),
      markStatus(status),
      control.remainder ?? '',
    ]),
  );
}

function addExceptions(pages: PdfPages, { ledger, results }: Evidence): void {
  pages.heading('Exceptions');
  if (ledger.exceptions.length === 0) pages.text('None.');
  else
    pages.table(
      [
        { title: 'Rule', width: 13 },
        { title: 'State', width: 12 },
        { title: 'Reason', width: 38 },
        { title: 'Owner, ticket', width: 20 },
        { title: 'Until', width: 11 },
        { title: 'Findings', width: 9 },
      ],
      ledger.exceptions.map(({ rule, state, reason, owner, ticket, expires, findings }) => [
        rule,
        state,
        reason,
        [owner, ticket].filter(Boolean).join(', '),
        expires,
        String(findings),
      ]),
    );
  pages.heading('Provided elsewhere');
  const inherited = results.filter(({ evaluation }) => evaluation.verdict === 'inherited');
  if (inherited.length === 0) {
    pages.text('None.');
    return;
  }
  pages.table(
    [
      { title: 'Rule', width: 16 },
      { title: 'Environment', width: 34 },
      { title: 'Owner, and where the evidence is', width: 50 },
    ],
    inherited.map(({ evaluation }) => [evaluation.rule, evaluation.environment, reasonOf(evaluation)]),
  );
}

function addPopulation(pages: PdfPages, { ledger }: Evidence): void {
  pages.heading('Templates');
  pages.table(
    [
      { title: 'Template', width: 34 },
      { title: 'Stack', width: 20 },
      { title: 'SHA-256', width: 46 },
    ],
    ledger.templates.map(({ path, stack, sha256 }) => [path, stack ?? '', sha256]),
  );
  pages.heading('Population');
  pages.table(
    [
      { title: 'Type', width: 64 },
      { title: 'Resources', width: 18 },
      { title: 'Rules', width: 18 },
    ],
    ledger.population.map(({ type, count, rules }) => [type, count.toLocaleString('en-US'), String(rules)]),
  );
  if (ledger.notes.length > 0) {
    pages.heading('Notes');
    for (const note of ledger.notes) pages.text(note);
  }
}

function markStatus(status: Status): PdfCell {
  return { text: STATUSES[status], colour: STATUS_COLOURS[status] };
}
