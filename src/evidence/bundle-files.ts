/** Files of a bundle, for the page that lists them. */
interface Listed {
  readonly path: string;
  readonly what: string;
  /** How a path of them starts: where none does, the page says so. Those without are there, or say when. */
  readonly start?: string;
}

/** What the files of a bundle are. */
export const BUNDLE_FILES: readonly Listed[] = [
  { path: 'index.html', what: 'This page. Open it first.' },
  { path: 'report.pdf', start: 'report.pdf', what: 'The same as a document, for tools that take only office files.' },
  {
    path: 'control-matrix.xlsx',
    start: 'control-matrix.xlsx',
    what: 'Criteria, controls, rules, results, population, exceptions and checklist as a workbook.',
  },
  {
    path: 'network-diagram.png, .svg, .drawio',
    start: 'network-diagram',
    what: 'The network as a picture; the last can be edited.',
  },
  {
    path: 'firewall-rules.xlsx',
    start: 'firewall-rules.xlsx',
    what: 'Every rule of security groups, network ACLs, web application firewalls and network firewalls in words.',
  },
  {
    path: 'server-access.html, .svg, .png',
    start: 'server-access',
    what: 'How people reach production servers, step by step and as a picture.',
  },
  { path: 'checklist/', start: 'checklist/', what: 'A page for each item that checklists ask for.' },
  {
    path: 'controls/',
    start: 'controls/',
    what: 'A folder for each control with a document, a workbook and a record, for upload to other tools.',
  },
  {
    path: 'operating.html',
    start: 'operating.html',
    what: 'How controls operated, in numbers, where evidence of it was collected.',
  },
  {
    path: 'populations/',
    start: 'populations/',
    what: 'The rows of that evidence as lists, whole, to draw samples from. No cell is a formula.',
  },
  {
    path: 'operating/',
    start: 'operating/',
    what: 'What was collected from AWS, where there is such evidence: records, their rows, and samples. The folders of controls have workbooks of it.',
  },
  { path: '*.csv', start: 'results.csv', what: 'The same lists for machines. No cell is a formula.' },
  { path: 'findings.sarif', start: 'findings.sarif', what: 'Findings for code scanning: SARIF 2.1.0.' },
  { path: 'junit.xml', start: 'junit.xml', what: 'Results for the test view of a CI system.' },
  { path: 'oscal/', start: 'oscal/', what: 'Component definition and assessment results in OSCAL.' },
  { path: 'ledger.json', start: 'ledger.json', what: 'The record that everything here is made from.' },
  { path: 'manifest.json', what: 'SHA-256 of every file, and of the manifest of the bundle before.' },
  { path: 'manifest.dsse.json', what: 'The signature over the manifest, when a key was given.' },
];
