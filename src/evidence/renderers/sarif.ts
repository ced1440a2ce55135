import { sha256 } from '../bundle/manifest';
import type { Evidence, Result, RuleView } from '../evidence';
import { shorten, visible } from '../text';
import type { Renderer } from './renderer';

/** Code scanning of GitHub takes no more results of a run, and no more tags of a rule. */
const MOST_RESULTS = 25_000;
const MOST_TAGS = 20;

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;
const SECURITY_SEVERITY = { error: '8.0', warning: '5.0', info: '2.0' } as const;

/** Findings for code scanning: what blocks, warnings, and what an exception covers as suppressed. Advice would drown them. */
export const SARIF: Renderer = {
  format: 'sarif',
  what: 'the findings for code scanning',
  *render(evidence) {
    yield { path: 'findings.sarif', content: `${JSON.stringify(sarifOf(evidence), undefined, 1)}\n` };
  },
};

function sarifOf({ results, rules, ledger, toReview }: Evidence): object {
  const failed = toReview.filter(
    ({ blocking, evaluation: { verdict, severity } }) => blocking || (verdict === 'fail' && severity !== 'info'),
  );
  const excepted = results.filter(({ evaluation }) => evaluation.verdict === 'exception');
  const all = [...failed, ...excepted];
  const shown = all.slice(0, MOST_RESULTS);
  const used = new Set(shown.map(({ evaluation }) => evaluation.rule));
  const described = rules.filter(({ rule }) => used.has(rule.rule));
  const indexes = new Map(described.map(({ rule }, index) => [rule.rule, index]));
  const cut = all.length - shown.length;
  const { synthesis } = ledger;
  const notifications = [
    ...ledger.alarms.map((alarm) => ({ level: 'error', message: { text: shorten(visible(alarm), 4_000) } })),
    ...(cut > 0
      ? [
          {
            level: 'warning',
            message: { text: `${cut} more results are in results.csv: code scanning takes no more than ${MOST_RESULTS}` },
          },
        ]
      : []),
  ];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk-soc2',
            semanticVersion: synthesis.versions['cdk-soc2'],
            informationUri: 'https://github.com/cdk-soc2/cdk-soc2',
            rules: described.map(describeRule),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            endTimeUtc: synthesis.time,
            ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
          },
        ],
        originalUriBaseIds: { ROOT: { description: { text: 'The folder that the app or the templates are in.' } } },
        columnKind: 'utf16CodeUnits',
        results: shown.map((result) => describe(result, indexes)),
      },
    ],
  };
}

function describeRule({ rule, rationale, remediation }: RuleView): object {
  const fix = remediation === undefined ? {} : { help: { text: remediation, markdown: remediation } };
  return {
    id: visible(rule.rule),
    name: visible(rule.slug),
    shortDescription: { text: visible(rule.title) },
    fullDescription: { text: rationale ?? visible(rule.title) },
    ...fix,
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      tags: ['security', 'SOC 2', ...rule.criteria].slice(0, MOST_TAGS),
      precision: 'high',
      'security-severity': SECURITY_SEVERITY[rule.severity],
    },
  };
}

function describe({ evaluation, blocking }: Result, indexes: ReadonlyMap<string, number>): object {
  const { rule, severity, template, logicalId, constructPath, environment, findings, exception } = evaluation;
  const where = constructPath ?? logicalId ?? environment;
  const problems = findings.map(({ problem, found, expected }) => `${problem} (found ${found}, expected ${expected})`).join('; ');
  return {
    ruleId: visible(rule),
    ruleIndex: indexes.get(rule),
    level: blocking ? 'error' : LEVELS[severity],
    message: { text: shorten(visible(`${where}: ${problems || exception?.reason}`), 4_000) },
    locations: [
      {
        physicalLocation: physicalLocation(evaluation),
        logicalLocations: [{ fullyQualifiedName: shorten(visible(where), 1_000), kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'cdk-soc2/v1': sha256([rule, template ?? environment, logicalId ?? ''].join('\n')) },
    ...(evaluation.verdict === 'exception'
      ? {
          suppressions: [
            { kind: 'external', status: 'accepted', justification: shorten(visible(exception?.reason ?? ''), 1_000) },
          ],
        }
      : {}),
  };
}

/** Where a person wrote it, when known; else the line of the template. */
function physicalLocation({ source, template, findings, environment }: Result['evaluation']): object {
  const [, file, line] = /^(.*):(\d+)$/.exec(source ?? '') ?? [];
  const isInside = file !== undefined && !file.startsWith('..') && !/^([A-Za-z]:)?[\\/]/.test(file);
  const uri = isInside ? file : (template ?? environment.replace(/[^A-Za-z0-9.-]+/g, '-'));
  const startLine = isInside ? Number(line) : (findings.find((finding) => finding.line !== undefined)?.line ?? 1);
  return {
    artifactLocation: { uri: uri.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'ROOT' },
    region: { startLine: Math.max(1, startLine) },
  };
}
