import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { loadCloudAssembly } from '../../src/model/load-cloud-assembly';
import { constructPathOf } from '../../src/model/resource';
import { refusal, TestFolder } from '../helpers/files';

const folder = new TestFolder();
const HASH = 'ab'.repeat(32);

const template = (...types: string[]) => ({
  Resources: Object.fromEntries(types.map((type, index) => [`R${index}`, { Type: type }])),
});
const nestedStack = (asset: string) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL: { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::URLSuffix' }, '/assets/x.json']] } },
  Metadata: { 'aws:asset:path': asset, 'aws:asset:property': 'TemplateURL' },
});
const stack = (templateFile: string, more: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/unknown-region',
  properties: { templateFile },
  ...more,
});
const stage = (directoryName: string, displayName?: string) => ({
  type: 'cdk:cloud-assembly',
  properties: { directoryName, displayName },
});
const manifest = (artifacts: object) => ({ version: '55.0.0', artifacts });

const load = (files: Parameters<TestFolder['with']>[0]) => loadCloudAssembly(folder.with(files)).templates;
const refused = (files: Parameters<TestFolder['with']>[0]) => refusal(() => load(files));

describe('a cloud assembly', () => {
  test('is read with what its manifest says of each stack', () => {
    const assembly = loadCloudAssembly(
      folder.with({
        'manifest.json': manifest({
          Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
          AppApi1234: stack('AppApi1234.template.json', {
            environment: 'aws://111122223333/eu-west-1',
            displayName: 'App/Api',
            properties: { templateFile: 'AppApi1234.template.json', stackName: 'app-api' },
          }),
          Other: stack('Other.template.json', { environment: 'aws://unknown-account/us-east-1' }),
        }),
        'AppApi1234.template.json': template('AWS::S3::Bucket'),
        'Other.template.json': template('AWS::SNS::Topic'),
        'Left.template.json': template('AWS::SQS::Queue'),
      }),
    );
    expect(assembly.whole).toBe(true);
    expect(assembly.templates.map(({ origin }) => origin)).toMatchObject([
      {
        path: 'AppApi1234.template.json',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        stack: 'app-api',
        constructPath: 'App/Api',
        account: '111122223333',
        region: 'eu-west-1',
        stage: '',
      },
      { path: 'Other.template.json', stack: 'Other', account: undefined, region: 'us-east-1', stage: '' },
    ]);
  });

  test('holds the assemblies of its stages', () => {
    const templates = load({
      'manifest.json': manifest({ 'assembly-Prod': stage('assembly-Prod', 'Prod'), 'assembly-Dev': stage('assembly-Dev') }),
      'assembly-Prod/manifest.json': manifest({
        A: stack('A.template.json'),
        'assembly-Prod-In': stage('assembly-Prod-In', 'Prod/In'),
      }),
      'assembly-Prod/A.template.json': template('AWS::S3::Bucket'),
      'assembly-Prod/assembly-Prod-In/manifest.json': manifest({ B: stack('B.template.json') }),
      'assembly-Prod/assembly-Prod-In/B.template.json': template('AWS::S3::Bucket'),
      'assembly-Dev/manifest.json': manifest({ A: stack('A.template.json') }),
      'assembly-Dev/A.template.json': template('AWS::S3::Bucket'),
    });
    expect(templates.map(({ path, origin }) => [path, origin.stage])).toEqual([
      ['assembly-Prod/A.template.json', 'Prod'],
      ['assembly-Prod/assembly-Prod-In/B.template.json', 'Prod/In'],
      ['assembly-Dev/A.template.json', 'Dev'],
    ]);
  });

  test('a stack without resources has a template without that section', () => {
    const [empty] = load({ 'manifest.json': manifest({ A: stack('A.template.json') }), 'A.template.json': { Parameters: {} } });
    expect(empty.resources.size).toBe(0);
  });

  test('says which construct a resource comes from, also where its template does not', () => {
    const metadata = {
      '/App': [{ type: 'aws:cdk:templateFile', data: 'A.template.json' }],
      '/App/Bucket/Resource': [{ type: 'aws:cdk:logicalId', data: 'R0' }],
      '/App/In': [{ type: 'aws:cdk:templateFile', data: 'N.nested.template.json' }],
      '/App/In/Topic/Resource': [{ type: 'aws:cdk:logicalId', data: 'R0' }],
    };
    const files = {
      'A.template.json': { Resources: { ...template('AWS::S3::Bucket').Resources, N: nestedStack('N.nested.template.json') } },
      'N.nested.template.json': template('AWS::SNS::Topic'),
    };
    for (const templates of [
      load({ 'manifest.json': manifest({ A: stack('A.template.json', { metadata }) }), ...files }),
      load({
        'manifest.json': manifest({ A: stack('A.template.json', { additionalMetadataFile: 'A.metadata.json' }) }),
        'A.metadata.json': metadata,
        ...files,
      }),
    ]) {
      const [outer, inner] = templates;
      expect(constructPathOf(outer.resources.get('R0')!)).toBe('App/Bucket/Resource');
      expect(constructPathOf(inner.resources.get('R0')!)).toBe('App/In/Topic/Resource');
      expect(inner.origin.constructPath).toBe('App/In');
      expect(constructPathOf(outer.resources.get('N')!)).toBeUndefined();
    }
  });
});

describe('nested stacks', () => {
  test('are found by the path in their metadata, at any depth', () => {
    const templates = load({
      'manifest.json': manifest({ A: stack('A.template.json', { environment: 'aws://111122223333/eu-west-1' }) }),
      'A.template.json': { Resources: { N: nestedStack('N.nested.template.json') } },
      'N.nested.template.json': { Resources: { M: nestedStack('M.nested.template.json') } },
      'M.nested.template.json': template('AWS::S3::Bucket'),
    });
    expect(templates.map(({ path, parent, origin }) => [path, parent?.template.path, parent?.logicalId, origin.region])).toEqual([
      ['A.template.json', undefined, undefined, 'eu-west-1'],
      ['N.nested.template.json', 'A.template.json', 'N', 'eu-west-1'],
      ['M.nested.template.json', 'N.nested.template.json', 'M', 'eu-west-1'],
    ]);
    expect(templates[0].nested('N')).toBe(templates[1]);
  });

  test('are found by the hash in their URL where there is no metadata', () => {
    const url = { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::URLSuffix' }, `/assets/${HASH}.json`]] };
    const templates = load({
      'manifest.json': manifest({
        'A.assets': { type: 'cdk:asset-manifest', properties: { file: 'A.assets.json' } },
        A: stack('A.template.json'),
      }),
      'A.assets.json': { files: { [HASH]: { source: { path: 'N.nested.template.json', packaging: 'file' } } } },
      'A.template.json': { Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } } } },
      'N.nested.template.json': template('AWS::S3::Bucket'),
    });
    expect(templates.map(({ path }) => path)).toEqual(['A.template.json', 'N.nested.template.json']);
  });

  test('that live elsewhere are left to deployment', () => {
    const templates = load({
      'manifest.json': manifest({ A: stack('A.template.json') }),
      'A.template.json': {
        Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/x.json' } } },
      },
    });
    expect(templates).toHaveLength(1);
  });

  test('that contain themselves are refused', () => {
    expect(
      refused({
        'manifest.json': manifest({ A: stack('A.template.json') }),
        'A.template.json': { Resources: { N: nestedStack('A.template.json') } },
      }),
    ).toBe('A.template.json: circular reference: A.template.json → A.template.json; a nested stack cannot contain itself');
  });
});

describe('refused with one clear line', () => {
  const one = (templateFile: string) => manifest({ A: stack(templateFile) });

  test.each<[string, Parameters<TestFolder['with']>[0], string]>([
    [
      'no artifacts',
      { 'manifest.json': { version: '1' } },
      "manifest.json: not the manifest of a cloud assembly: it has no 'artifacts' mapping",
    ],
    ['no stack', { 'manifest.json': manifest({}) }, 'manifest.json: lists no stack, so there is nothing to judge'],
    [
      'a broken manifest',
      { 'manifest.json': '{"a": 1' },
      "manifest.json:1:8: not valid JSON: a '}' is needed here; the file may be cut off",
    ],
    ['an artifact that is none', { 'manifest.json': manifest({ A: 1 }) }, "manifest.json: artifact 'A' must be a mapping"],
    [
      'a stack without a file',
      { 'manifest.json': manifest({ A: { type: 'aws:cloudformation:stack' } }) },
      "manifest.json: artifact 'A' has no 'templateFile'; synthesize again",
    ],
    [
      'a missing template',
      { 'manifest.json': one('A.template.json') },
      "manifest.json: names 'A.template.json', which is missing; synthesize again",
    ],
    [
      'a missing nested template',
      { 'manifest.json': one('A.json'), 'A.json': { Resources: { N: nestedStack('N.json') } } },
      "A.json: 'N': names 'N.json', which is missing; synthesize again",
    ],
    [
      'a template outside',
      { 'manifest.json': one('../0/a.json') },
      "manifest.json: names '../0/a.json', which is outside of the cloud assembly; synthesize again",
    ],
    [
      'a template anywhere',
      { 'manifest.json': one('/etc/hostname') },
      "manifest.json: names '/etc/hostname', which is outside of the cloud assembly; synthesize again",
    ],
    [
      'a nested template outside',
      { 'manifest.json': one('A.json'), 'A.json': { Resources: { N: nestedStack('../../x.json') } } },
      "A.json: 'N': names '../../x.json', which is outside of the cloud assembly; synthesize again",
    ],
    [
      'a stage outside',
      { 'manifest.json': manifest({ S: stage('..') }) },
      "manifest.json: names '..', which is outside of the cloud assembly; synthesize again",
    ],
    [
      'a stage within itself',
      { 'manifest.json': manifest({ S: stage('.') }) },
      'manifest.json: is listed twice; each stage has a folder of its own',
    ],
    [
      'a broken template',
      { 'manifest.json': one('A.json'), 'A.json': '{"Resources": {}' },
      "A.json:1:17: not valid JSON: a '}' is needed here; the file may be cut off",
    ],
  ])('%s', (_, files, message) => {
    expect(refused(files)).toBe(message);
  });

  test('a link that leads outside', () => {
    const path = folder.with({ 'manifest.json': one('A.json') });
    const outside = join(folder.with({ 'secret.json': template('AWS::S3::Bucket') }), 'secret.json');
    symlinkSync(outside, join(path, 'A.json'));
    expect(existsSync(join(path, 'A.json'))).toBe(true);
    expect(refusal(() => loadCloudAssembly(path))).toBe(
      "manifest.json: names 'A.json', a link that leads out of the cloud assembly; synthesize again",
    );
  });

  test('a link to the assembly itself is none of these', () => {
    const path = folder.with({ 'manifest.json': one('A.json'), 'A.json': template('AWS::S3::Bucket') });
    symlinkSync(path, `${path}-link`);
    expect(loadCloudAssembly(`${path}-link`).templates).toHaveLength(1);
  });
});

test.each([true, false])('what the CDK writes is read back, with path metadata %s', (hasMetadata) => {
  class Inner extends NestedStack {
    constructor(scope: Construct, id: string, depth: number) {
      super(scope, id);
      new Topic(this, 'Topic');
      if (depth > 0) new Inner(this, 'Inner', depth - 1);
    }
  }
  const outdir = folder.with({});
  const context = { 'aws:cdk:enable-asset-metadata': hasMetadata, 'aws:cdk:enable-path-metadata': hasMetadata };
  const app = new App({ outdir, context });
  new Inner(new Stack(app, 'Top', { env: { account: '111122223333', region: 'eu-west-1' } }), 'Nested', 1);
  const prod = new Stage(app, 'Prod', { env: { region: 'us-east-1' } });
  new Inner(new Stack(new Stage(prod, 'Cell'), 'Service', { stackName: 'service' }), 'Nested', 0);
  new Stack(app, 'Empty');
  app.synth();

  const { templates } = loadCloudAssembly(outdir);
  const seen = templates.map(({ origin, resources, parent }) => [
    origin.constructPath,
    [...resources.values()].map(constructPathOf).join(' '),
    origin.stage,
    `${origin.account}/${origin.region}`,
    parent?.template.origin.constructPath,
    origin.stack,
  ]);
  expect(seen.sort()).toEqual([
    ['Empty', '', '', 'undefined/undefined', undefined, 'Empty'],
    [
      'Prod/Cell/Service',
      'Prod/Cell/Service/Nested.NestedStack/Nested.NestedStackResource',
      'Prod/Cell',
      'undefined/us-east-1',
      undefined,
      'service',
    ],
    [
      'Prod/Cell/Service/Nested',
      'Prod/Cell/Service/Nested/Topic/Resource',
      'Prod/Cell',
      'undefined/us-east-1',
      'Prod/Cell/Service',
      undefined,
    ],
    ['Top', 'Top/Nested.NestedStack/Nested.NestedStackResource', '', '111122223333/eu-west-1', undefined, 'Top'],
    [
      'Top/Nested',
      'Top/Nested/Topic/Resource Top/Nested/Inner.NestedStack/Inner.NestedStackResource',
      '',
      '111122223333/eu-west-1',
      'Top',
      undefined,
    ],
    ['Top/Nested/Inner', 'Top/Nested/Inner/Topic/Resource', '', '111122223333/eu-west-1', 'Top/Nested', undefined],
  ]);
});
