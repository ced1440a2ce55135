import { chmodSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { JsonObject } from '../../src/model/json';
import { type Loaded, type LoadOptions, loadFiles, rootOf } from '../../src/model/load-files';
import { TestFolder } from '../helpers/files';
import { describeWithFixtures, FIXTURES } from '../helpers/fixtures';

const folder = new TestFolder();
const TEMPLATE = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
const YAML = 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n';

/** What was loaded, in words. */
function outcome(loaded: Loaded): string {
  if (loaded.kind === 'error') {
    expect(loaded.error.name).toBe('InputError');
    expect(loaded.error.message).not.toContain('\n');
    expect(loaded.error.message.length).toBeLessThan(500);
    return `error ${loaded.error.message}`;
  }
  if (loaded.kind === 'ignored') return `ignored ${loaded.path}`;
  return `assembly ${loaded.assembly.templates.map(({ path }) => path).join(' ')}`;
}

const load = (paths: string | string[], options?: LoadOptions) => [...loadFiles([paths].flat(), options)].map(outcome);
/** The one line in which a single file was refused. */
const refusal = (content: string | Buffer | object, name = 'a.json') => {
  const [only, ...others] = load(join(folder.with({ [name]: content }), name));
  expect(others).toEqual([]);
  expect(only).toMatch(/^error /);
  return only.slice('error '.length);
};

describe('one file', () => {
  test('is judged on its own', () => {
    const file = join(folder.with({ 'a.yaml': YAML }), 'a.yaml');
    const [loaded] = loadFiles([file]);
    if (loaded.kind !== 'assembly') throw new Error('not loaded');
    expect(loaded.path).toBe('a.yaml');
    expect(loaded.assembly.whole).toBe(false);
    const [template] = loaded.assembly.templates;
    expect(template.origin.sha256).toBe('ab82a52a9ab64d76782ca3847cb0fb35e7eb2c2aab4582a17646dbe8ccf6dc7f');
    expect(template.origin.lineOf?.(['Resources', 'Topic', 'Type'])).toBe(3);
  });

  test.each([
    ['a.template', JSON.stringify(TEMPLATE)],
    ['a.template', YAML],
    ['a.txt', YAML],
    ['a.yaml', JSON.stringify(TEMPLATE)],
    ['a.YML', YAML],
    ['with a mark of the byte order.json', `\uFEFF${JSON.stringify(TEMPLATE)}`],
    ['with a mark of the byte order.yaml', `\uFEFF${YAML}`],
  ])('%s is read', (name, content) => {
    expect(load(join(folder.with({ [name]: content }), name))).toEqual([`assembly ${name}`]);
  });

  test('that is not there', () => {
    expect(load('no/such/file.json')).toEqual(['error no/such/file.json: no such file or folder; check the path']);
  });

  test.each<[string, string | Buffer | object, string]>([
    ['empty', '', 'a.json: the file is empty; add a template or remove the file'],
    ['blank', ' \n\t', 'a.json: the file is empty; add a template or remove the file'],
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), 'a.json: is UTF-16; save it as UTF-8'],
    ['Latin-1', Buffer.from('{"a": "\xe9"}', 'latin1'), 'a.json: is not UTF-8; save it as UTF-8'],
    ['with NUL', '{"a": "\0"}', 'a.json: holds NUL bytes, so it is no text; save it as UTF-8'],
    ['a list', [], 'a.json: not a CloudFormation template: it is no mapping'],
    ['null', 'null', 'a.json: not a CloudFormation template: it is no mapping'],
    ['something else', { name: 'x' }, "a.json: not a CloudFormation template: it has no 'Resources' mapping"],
    ['a list of resources', { Resources: [] }, "a.json: not a CloudFormation template: it has no 'Resources' mapping"],
    ['a text as resource', { Resources: { A: 'x' } }, 'a.json: resource \'A\' must be a mapping, got string "x"'],
    ['no type', { Resources: { A: {} } }, "a.json: resource 'A' must have a 'Type' that is a string, got nothing"],
    ['broken', '{"Resources": {', "a.json:1:16: not valid JSON: a '}' is needed here; the file may be cut off"],
    ['twice', '{"a": 1, "a": 2}', "a.json:1:10: the key 'a' is given twice; keep one of them"],
    ['deep', '['.repeat(100_000), 'a.json:1:101: nested more than 100 levels deep; no template needs that, so make it flatter'],
  ])('%s', (_, content, message) => {
    expect(refusal(content)).toBe(message);
  });

  test('YAML that is only a comment', () => {
    expect(refusal('# nothing\n', 'a.yaml')).toBe('a.yaml: not a CloudFormation template: it is no mapping');
  });

  test('that may not be read', () => {
    const path = folder.with({ 'a.json': TEMPLATE });
    chmodSync(join(path, 'a.json'), 0);
    // The super-user may read everything.
    if (process.getuid?.() === 0) return;
    expect(load(join(path, 'a.json'))).toEqual(['error a.json: may not be read; change its permissions']);
  });

  test('of 50 MB is refused before it is read', () => {
    const path = folder.with({ 'a.json': '' });
    truncateSync(join(path, 'a.json'), 50_000_000);
    const start = Date.now();
    expect(load(path)).toEqual([
      'error a.json: 50,000,000 bytes; files above 16 MiB are not read, and CloudFormation takes templates up to 1 MB: split it, or leave it out',
    ]);
    expect(Date.now() - start).toBeLessThan(1_000);
  });

  test.each(['json', 'yaml'])('of 15 MB is read within seconds, as %s', (format) => {
    const count = 45_000;
    const resource = (index: number) =>
      format === 'json'
        ? `"Bucket${index}": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": { "Fn::Sub": "\${AWS::StackName}-${index}" },\n` +
          '  "Tags": [{ "Key": "owner", "Value": "platform team" }, { "Key": "purpose", "Value": "something that takes some room" }],\n' +
          '  "PublicAccessBlockConfiguration": { "BlockPublicAcls": true, "IgnorePublicAcls": true } } }'
        : `  Bucket${index}:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !Sub '\${AWS::StackName}-${index}'\n      Tags:\n` +
          '        - Key: owner\n          Value: platform team\n        - Key: purpose\n          Value: something that takes some room\n' +
          '      PublicAccessBlockConfiguration:\n        BlockPublicAcls: true\n        IgnorePublicAcls: true\n';
    const resources = Array.from({ length: count }, (_, index) => resource(index));
    const text = format === 'json' ? `{ "Resources": {\n${resources.join(',\n')} } }` : `Resources:\n${resources.join('')}`;
    expect(text.length).toBeGreaterThan(14_000_000);
    const path = folder.with({ [`a.${format}`]: text });
    const start = Date.now();
    const [loaded] = loadFiles([path]);
    expect(Date.now() - start).toBeLessThan(15_000);
    if (loaded.kind !== 'assembly') throw new Error('not loaded');
    expect(loaded.assembly.resources).toHaveLength(count);
    const { lineOf } = loaded.assembly.templates[0].origin;
    expect(lineOf?.(['Resources', `Bucket${count - 1}`])).toBeGreaterThan(count);
  });

  test('whose keys are those that objects have by themselves', () => {
    const topic = '{"Type": "AWS::SNS::Topic", "Properties": {"__proto__": {"TopicName": "x"}, "constructor": 1}}';
    const text = `{"Resources": {"__proto__": ${topic}, "constructor": ${topic}, "toString": {"Type": "AWS::SNS::Topic"}}}`;
    const [loaded] = loadFiles([folder.with({ 'a.json': text })]);
    if (loaded.kind !== 'assembly') throw new Error('not loaded');
    expect(loaded.assembly.resources.map(({ logicalId }) => logicalId)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(({} as JsonObject).TopicName).toBeUndefined();
  });
});

describe('circular references', () => {
  const refers = (...ids: string[]) => ({
    Type: 'AWS::SNS::Topic',
    Properties: { TopicName: { 'Fn::Join': ['', ids.map((id) => ({ Ref: id }))] } },
  });

  test('are named', () => {
    expect(refusal({ Resources: { A: refers('B'), B: refers('C'), C: refers('A'), D: refers('A') } })).toBe(
      'a.json: circular reference: A → B → C → A; CloudFormation refuses this template, so remove one of the references',
    );
    expect(refusal({ Resources: { A: { Type: 'AWS::SNS::Topic', DependsOn: ['A'] } } })).toContain('circular reference: A → A;');
  });

  test('of 10,000 resources are cut short', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `Resource${index}`);
    const resources = Object.fromEntries(ids.map((id, index) => [id, refers(ids[(index + 1) % ids.length])]));
    expect(refusal({ Resources: resources })).toContain(
      'circular reference: Resource0 → Resource1 → Resource2 → Resource3 → … 9995 more … → Resource9999 → Resource0;',
    );
  });

  test('10,000 resources in a row are none', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `Resource${index}`);
    const resources = Object.fromEntries(ids.map((id, index) => [id, index === 0 ? refers() : refers(ids[index - 1])]));
    expect(load(folder.with({ 'a.json': { Resources: resources } }))).toEqual(['assembly a.json']);
  });
});

describe('a folder', () => {
  test('is searched for templates, in the same order each time', () => {
    const path = folder.with({
      'b.yaml': YAML,
      'a.json': TEMPLATE,
      'B.yml': YAML,
      'sub/c.template': YAML,
      'sub/deeper/d.json': TEMPLATE,
      'notes.txt': YAML,
      'package.json': { name: 'x', resources: {} },
      'tsconfig.json': '{ "compilerOptions": {}, // comment\n}',
      'values.yaml': '{{ .Values.x }}',
      'list.json': [],
      'kubernetes.yaml': 'kind: A\n---\nkind: B\n',
      'plan.yaml': 'Resources: [people, money]\n',
      'node_modules/x/e.json': TEMPLATE,
      '.git/f.json': TEMPLATE,
    });
    expect(load(path)).toEqual([
      'assembly B.yml',
      'assembly a.json',
      'assembly b.yaml',
      'ignored kubernetes.yaml',
      'ignored list.json',
      'ignored package.json',
      'ignored plan.yaml',
      'assembly sub/c.template',
      'assembly sub/deeper/d.json',
      'ignored tsconfig.json',
      'ignored values.yaml',
    ]);
  });

  test('with a broken file is judged without it, and says so', () => {
    const path = folder.with({
      'a.yaml': 'Resources:\n  A: {Type: x\n',
      'b.json': '{"Resources": {"A": {"Type": "x",}}}',
      'c.json': { AWSTemplateFormatVersion: '2010-09-09' },
      'd.yaml': Buffer.from([0x52, 0xff]),
      'e.yaml': YAML,
      'f.yaml': '',
    });
    const results = load(path);
    expect(results.map((each) => each.split(':')[0])).toEqual([
      'error a.yaml',
      'error b.json',
      'error c.json',
      'error d.yaml',
      'assembly e.yaml',
      'error f.yaml',
    ]);
  });

  test('without a template is refused', () => {
    const path = folder.with({ 'package.json': { name: 'x' }, 'README.md': '# x' });
    expect(load(path)).toEqual([
      'ignored package.json',
      `error ${path}: holds no CloudFormation template; files ending in .json, .yaml, .yml, .template are looked at`,
    ]);
  });

  test('with a link that leads back is searched once', () => {
    const path = folder.with({ 'a.yaml': YAML, 'sub/b.yaml': YAML });
    symlinkSync(path, join(path, 'sub', 'back'));
    symlinkSync('self', join(path, 'self'));
    expect(load(path)).toEqual([
      'assembly a.yaml',
      'assembly sub/b.yaml',
      'error sub/back: a symbolic link leads back to a folder around it; remove the link',
    ]);
  });

  test('with a link to nowhere says so', () => {
    const path = folder.with({ 'a.yaml': YAML });
    symlinkSync('nowhere.yaml', join(path, 'b.yaml'));
    symlinkSync('c.yaml', join(path, 'c.yaml'));
    expect(load(path)).toEqual([
      'assembly a.yaml',
      'error b.yaml: no such file or folder; check the path',
      'error c.yaml: its symbolic links go in a circle; remove one of them',
    ]);
  });

  test('that is a cloud assembly is read through its manifest, also within another folder', () => {
    const manifest = {
      version: '55.0.0',
      artifacts: { Stack: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Stack.template.json' } } },
    };
    const path = folder.with({
      'infra/cdk.out/manifest.json': manifest,
      'infra/cdk.out/Stack.template.json': TEMPLATE,
      'infra/cdk.out/Old.template.json': TEMPLATE,
      'loose.yaml': YAML,
    });
    expect(load(path)).toEqual(['assembly infra/cdk.out/Stack.template.json', 'assembly loose.yaml']);
    const [loaded] = loadFiles([path]);
    expect(loaded.kind === 'assembly' && loaded.assembly.whole).toBe(true);
    expect(load(join(path, 'infra/cdk.out'))).toEqual(['assembly Stack.template.json']);
  });

  test('one broken manifest does not hide the other templates', () => {
    const path = folder.with({ 'a/manifest.json': '{', 'a/cdk.out': '{}', 'b.yaml': YAML });
    expect(load(path)).toEqual([expect.stringMatching(/^error a\/manifest.json:1:2: not valid JSON/), 'assembly b.yaml']);
  });
});

describe('several paths', () => {
  test('are named from the folder that they share', () => {
    const path = folder.with({ 'a/x.yaml': YAML, 'b/x.yaml': YAML, 'b/c/y.json': TEMPLATE });
    expect(load([join(path, 'a/x.yaml'), join(path, 'b')])).toEqual([
      'assembly a/x.yaml',
      'assembly b/c/y.json',
      'assembly b/x.yaml',
    ]);
    expect(rootOf([join(path, 'a/x.yaml'), join(path, 'b')])).toBe(path);
    expect(rootOf([join(path, 'b/c'), join(path, 'b')])).toBe(join(path, 'b'));
    expect(rootOf([join(path, 'a/x.yaml')])).toBe(join(path, 'a'));
  });

  test('one that is not there does not hide the others', () => {
    const path = folder.with({ 'a.yaml': YAML });
    const missing = relative('.', join(path, 'b.yaml'));
    expect(load([missing, path])).toEqual([`error ${missing}: no such file or folder; check the path`, 'assembly a.yaml']);
  });

  test('are loaded one at a time', () => {
    const path = folder.with({ 'a.yaml': YAML, 'b.yaml': YAML });
    const loading = loadFiles([path]);
    expect(loading.next().value).toMatchObject({ path: 'a.yaml' });
    writeFileSync(join(path, 'b.yaml'), '{');
    expect(outcome(loading.next().value)).toContain('b.yaml');
  });
});

describe('as one', () => {
  const stack = (url: string) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } });
  const together = (files: Record<string, object>) => {
    const results = [...loadFiles([folder.with(files)], { asOne: true })];
    return results.map((loaded) =>
      loaded.kind === 'assembly'
        ? loaded.assembly.templates.map(({ path, parent }) => `${path} < ${parent?.template.path ?? '-'}`)
        : outcome(loaded),
    );
  };

  test('all templates are one whole, errors come first', () => {
    const path = folder.with({ 'a.yaml': YAML, 'b.json': '{"Resources"', 'c.json': TEMPLATE });
    const results = [...loadFiles([path], { asOne: true })];
    expect(results.map(outcome)).toEqual([expect.stringContaining('error b.json'), 'assembly a.yaml c.json']);
    expect(results[1].kind === 'assembly' && results[1].assembly.whole).toBe(true);
  });

  test('a nested stack that names a template of the folder deploys it', () => {
    expect(
      together({
        'main.json': { Resources: { A: stack('./nested/a.json'), B: stack('https://s3.amazonaws.com/b/b.json') } },
        'nested/a.json': { Resources: { C: stack('../c.json') } },
        'c.json': TEMPLATE,
        'd.json': TEMPLATE,
      }),
    ).toEqual([['d.json < -', 'main.json < -', 'nested/a.json < main.json', 'c.json < nested/a.json']]);
  });

  test('a template that several stacks deploy is there for each of them', () => {
    expect(together({ 'main.json': { Resources: { A: stack('c.json'), B: stack('c.json') } }, 'c.json': TEMPLATE })).toEqual([
      ['main.json < -', 'c.json < main.json', 'c.json < main.json'],
    ]);
  });

  test('a nested stack that contains itself is refused', () => {
    expect(
      together({ 'a.json': { Resources: { A: stack('b.json') } }, 'b.json': { Resources: { B: stack('a.json') } } }),
    ).toEqual(['error a.json: circular reference: a.json → b.json → a.json; a nested stack cannot contain itself']);
  });

  test('templates that multiply each other are refused', () => {
    const many = (url: string) => ({
      Resources: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`S${index}`, stack(url)])),
    });
    expect(
      together({ 'a.json': many('b.json'), 'b.json': many('c.json'), 'c.json': many('d.json'), 'd.json': TEMPLATE }),
    ).toEqual(['error a.json: deploys more than 2000 nested stacks; split it']);
  });
});

describeWithFixtures('templates of others', () => {
  const path = join(FIXTURES, 'real-templates');

  test.each(readdirSync(path))('%s loads', (name) => {
    const [loaded] = loadFiles([join(path, name)]);
    if (loaded.kind !== 'assembly') throw new Error(outcome(loaded));
    expect(loaded.assembly.resources.length).toBeGreaterThan(0);
    expect(loaded.assembly.templates[0].unexpanded).toBeUndefined();
  });

  test('the JSON and the YAML form of a template are the same', () => {
    for (const name of readdirSync(path).filter((each) => each.endsWith('.json'))) {
      const yaml = name.replace(/json$/, 'yaml');
      if (!readdirSync(path).includes(yaml)) continue;
      const [a, b] = loadFiles([join(path, name), join(path, yaml)]);
      if (a.kind !== 'assembly' || b.kind !== 'assembly') throw new Error('not loaded');
      expect(Object.keys(a.assembly.templates[0].body.Resources as JsonObject)).toEqual(
        Object.keys(b.assembly.templates[0].body.Resources as JsonObject),
      );
    }
  });
});
