import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { CLI_BUNDLE } from '../../projenrc/tasks/bundle-cli';
import { TestFolder } from '../helpers/files';
import { run } from '../helpers/process';

const folder = new TestFolder();
const outfile = join(folder.with({}), 'cdk-soc2.js');

test('the command line tool holds nothing of the CDK, and asks for nothing that is not in it', async () => {
  const { metafile } = await build({ ...CLI_BUNDLE, outfile, metafile: true });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((each) => /node_modules\/(aws-cdk-lib|constructs|cdk-nag)\//.test(each))).toEqual([]);
  expect(inputs).toContain('src/rules/index.ts');
  const asked = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map((each) => each.path));
  const { builtinModules } = require('node:module') as typeof import('node:module');
  // What writes and collects evidence stands beside it.
  expect(asked.filter((each) => !builtinModules.includes(each.replace(/^node:/, '')))).toEqual(['./evidence.js', './collect.js']);
});

test('the bundle can be run by itself', () => {
  expect(readFileSync(outfile, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('help loads no rule', async () => {
  const told: Plugin = {
    name: 'told',
    setup: ({ onLoad }) =>
      onLoad({ filter: /src[\\/]rules[\\/]index\.ts$/ }, ({ path }) => ({
        contents: `${readFileSync(path, 'utf8')}\nprocess.stderr.write('rules loaded');`,
        loader: 'ts',
      })),
  };
  const file = join(folder.with({ 'a.json': { Resources: { A: { Type: 'X::Y::Z' } } } }), 'cdk-soc2.js');
  await build({ ...CLI_BUNDLE, outfile: file, plugins: [told] });
  for (const args of [['--help'], ['audit', '--help'], ['gate', '--help'], ['--version']])
    expect((await run(process.execPath, [file, ...args])).output).not.toContain('rules loaded');
  expect((await run(process.execPath, [file, 'audit', join(file, '..', 'a.json')])).output).toContain('rules loaded');
});
