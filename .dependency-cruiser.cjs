/** Which folder may import which; see the picture in README.md. */
const PLAIN = '^src/(criteria|model|rules|cli|evidence)/';
const CONCERNS = 'network|edge|data|logging|detection|alerting|backup|identity|accounts|hosts|operations|collection';
const CONSTRUCTS = `^src/(${CONCERNS})/`;
/** The code of Lambda functions: a folder with a handler, beside the construct that deploys it. */
const FUNCTIONS = `^src/(${CONCERNS}|evidence)/[^/]+/`;

/** Files of src/checks that need the CDK; everything else there is plain TypeScript, because the command line tool uses it. */
const CHECKS_WITH_CDK =
  '^src/checks/(acknowledgements|alarms|construct-paths|nag-acknowledgements|report|soc2-checks|soc2-exception|source-location|synthesis)\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'plain-typescript',
      comment: 'Criteria, model, rules, evidence and the command line tool judge JSON: they start at once because they load no CDK.',
      severity: 'error',
      from: { path: PLAIN },
      to: { path: '(^|node_modules/)(aws-cdk-lib|constructs|cdk-nag)(/|$)' },
    },
    {
      name: 'plain-checks',
      comment: 'Evaluation and ledger are used by the command line tool.',
      severity: 'error',
      from: { path: '^src/checks/', pathNot: CHECKS_WITH_CDK },
      to: { path: '(^|node_modules/)(aws-cdk-lib|constructs|cdk-nag)(/|$)' },
    },
    {
      name: 'command-line-tool-without-cdk',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: CHECKS_WITH_CDK },
    },
    {
      name: 'criteria-know-nobody',
      severity: 'error',
      from: { path: '^src/criteria/' },
      to: { path: '^src/', pathNot: '^src/criteria/' },
    },
    {
      name: 'model-knows-only-criteria',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/', pathNot: '^src/(model|criteria)/' },
    },
    {
      name: 'rules-know-model-and-criteria',
      severity: 'error',
      from: { path: '^src/rules/' },
      to: { path: '^src/', pathNot: '^src/(rules|model|criteria)/' },
    },
    {
      name: 'a-rule-stands-alone',
      comment: 'What rules share is in src/rules/shared.',
      severity: 'error',
      from: { path: '^src/rules/([^/]+)/', pathNot: '^src/rules/shared/' },
      to: { path: '^src/rules/[^/]+/', pathNot: '^src/rules/shared/' },
    },
    {
      name: 'checks-know-rules',
      severity: 'error',
      from: { path: '^src/checks/' },
      to: { path: '^src/', pathNot: '^src/(checks|rules|model|criteria|environment)/' },
    },
    {
      name: 'constructs-never-import-rules',
      comment: 'The two halves prove each other in tests.',
      severity: 'error',
      from: { path: `${CONSTRUCTS}|^src/(defaults|environment)/` },
      // Files that know of nothing else, which tell both halves the same.
      to: { path: '^src/(rules|checks|model)/', pathNot: '^src/model/(cdk-providers|metadata-key|schedule)\\.ts$' },
    },
    {
      name: 'rules-never-import-constructs',
      severity: 'error',
      from: { path: '^src/(rules|model|checks|criteria)/' },
      to: { path: `${CONSTRUCTS}|^src/defaults/` },
    },
    {
      name: 'environment-knows-no-constructs',
      comment: 'Defaults and constructs ask it what they are for.',
      severity: 'error',
      from: { path: '^src/environment/' },
      to: { path: `${CONSTRUCTS}|^src/defaults/` },
    },
    {
      name: 'functions-without-cdk',
      comment: 'The code of Lambda functions runs in AWS: it is plain TypeScript, bundled with what it needs.',
      severity: 'error',
      from: { path: `${FUNCTIONS}|^src/functions/(client-options|clock|emit-metrics|every-page|instance-since|lifecycle|properties)\\.ts$` },
      to: { path: '(^|node_modules/)(aws-cdk-lib|constructs|cdk-nag)(/|$)' },
    },
    {
      name: 'functions-are-deployed-not-imported',
      comment: 'What a construct and its function both know is in a file beside the construct.',
      severity: 'error',
      from: { path: `${CONSTRUCTS}|^src/(defaults|environment)/`, pathNot: FUNCTIONS },
      // What a collector says of itself has no code.
      to: { path: FUNCTIONS, pathNot: '^src/evidence/operating/(can-read|catalogue|collector)\\.ts$' },
    },
    {
      name: 'catalogue-without-code',
      comment: 'Constructs read what collectors say of themselves: nothing of the SDK may come with it into the library.',
      severity: 'error',
      from: { path: '^src/evidence/operating/catalogue\\.ts$' },
      to: { path: 'node_modules', reachable: true },
    },
    {
      name: 'no-circles',
      comment: 'Types may refer to each other; code that runs may not. Values, parameters and conditions are one recursion in three files.',
      severity: 'error',
      from: { pathNot: '^src/model/(resolve|parameters|conditions)\\.ts$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'development-dependencies-only-in-bundles',
      comment: 'The library has no dependency but its peers; what is bundled is a development dependency.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(cli/|evidence/|functions/lifecycle\\.ts$|model/(parse-|read-|yaml-))|${FUNCTIONS}` },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(test|lib|dist)/' },
  },
};
