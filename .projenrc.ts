import { awscdk, javascript } from 'projen';
import { CliBundle } from './projenrc/cli-bundle';
import { Demo } from './projenrc/demo';
import { Evidence } from './projenrc/evidence';
import { Functions } from './projenrc/functions';
import { GeneratedDocs } from './projenrc/generated-docs';
import { IamActions } from './projenrc/iam-actions';
import { Quality } from './projenrc/quality';
import { QuickLoading } from './projenrc/quick-loading';

/** Node.js 20.16 is the oldest version that the pinned jsii and CDK support. */
const NODE = '20.16.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-soc2',
  description: 'AWS CDK constructs, a cdk-nag rule pack and audit evidence that support SOC 2 criteria',
  author: 'cdk-soc2 maintainers',
  authorAddress: 'maintainers@cdk-soc2.dev',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-soc2/cdk-soc2.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-soc2 maintainers',
  stability: 'experimental',
  keywords: [
    'aws',
    'cdk',
    'aws-cdk',
    'awscdk',
    'soc2',
    'compliance',
    'audit',
    'evidence',
    'security',
    'cdk-nag',
    'trust-services-criteria',
    'cloudformation',
  ],

  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: NODE,
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  cdkVersion: '2.276.0',
  constructsVersion: '10.5.1',
  peerDeps: ['cdk-nag@^3.0.2'],
  devDeps: [
    'cdk-nag@3.0.2',
    `@types/node@^${NODE.split('.')[0]}`,
    // What a change of a template replaces, as `cdk diff` tells it.
    '@aws-cdk/cloudformation-diff@^2',
    'jest-environment-node@^30',
  ],
  projenrcTs: true,

  publishToPypi: { distName: 'cdk-soc2', module: 'cdk_soc2' },
  publishToMaven: { javaPackage: 'dev.cdksoc2', mavenGroupId: 'dev.cdk-soc2', mavenArtifactId: 'cdk-soc2' },
  publishToNuget: { dotNetNamespace: 'CdkSoc2', packageId: 'CdkSoc2' },
  publishToGo: { moduleName: 'github.com/cdk-soc2/cdk-soc2-go', packageName: 'cdksoc2' },

  // Hosting is not decided here: no workflows, no release task, no dependency bot.
  github: false,
  release: false,
  depsUpgrade: false,
  gitignore: [
    '/node_modules',
    '/examples/**/cdk.out/',
    '/.jsii.tabl.json',
    '/demo.out/',
    '/assets/*',
    // Scripts that hosts run: they are written, not made.
    '!/assets/hosts/',
    '.DS_Store',
    '!/src/rules/logs/',
  ],

  eslint: false,
  biome: true,
  biomeOptions: {
    // The newest version that registries serve for every platform: a lock file without some of them cannot be installed.
    version: '2.5.15',
    biomeConfig: {
      files: {
        includes: ['src/**', 'test/**', 'examples/**', 'projenrc/**', 'bench/**', '.projenrc.ts', '!**/cdk.out', '!**/*.snap'],
      },
      formatter: { indentStyle: 'space' as never, lineWidth: 130 },
      javascript: { formatter: { quoteStyle: 'single' as never } },
      linter: {
        rules: {
          style: { noNonNullAssertion: 'off' as never },
          suspicious: { noTemplateCurlyInString: 'off' as never },
        },
      },
    },
  },

  jest: true,
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      globalSetup: '<rootDir>/test/global-setup.ts',
      testEnvironment: '<rootDir>/test/environment.ts',
      setupFiles: ['<rootDir>/test/setup.ts'],
      moduleNameMapper: { '^cdk-soc2$': '<rootDir>/src/index.ts' },
      collectCoverage: false,
      modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/lib/', '<rootDir>/demo.out/'],
      testTimeout: 120_000,
      // Of two cores, Jest would use one.
      maxWorkers: '100%',
    },
  },
});

// The examples import the library by its name, as a user's code does.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
  './schema/*': './schema/*',
});

project.tryFindObjectFile('package.json')?.addOverride('jsii.metadata.jsii.rosetta.strict', true);

// As for Biome: newer versions are not there for every platform yet.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

const UNPUBLISHED = [
  '/examples/',
  '/projenrc/',
  '/bench/',
  '/.ci/',
  '/demo.out/',
  '/docs/images/',
  '/biome.jsonc',
  '/.dependency-cruiser.cjs',
];
for (const path of UNPUBLISHED) {
  project.npmignore?.exclude(path);
}

new CliBundle(project);
new Evidence(project);
new Functions(project);
new IamActions(project);
new QuickLoading(project);
new GeneratedDocs(project);
new Quality(project);
new Demo(project);

project.synth();
