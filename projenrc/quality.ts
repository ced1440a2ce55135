import { Component } from 'projen';
import type { NodeProject } from 'projen/lib/javascript';

/** Which folder may import which, the slow checks, and the benchmark. */
export class Quality extends Component {
  constructor(project: NodeProject) {
    super(project);
    // yaml writes the examples of RULES.md, and the YAML that tests read back with the parser of the tool.
    project.addDevDeps(
      'dependency-cruiser@^17.3.9',
      'ajv@^8.20.0',
      'ajv-formats@^3.0.1',
      'fast-check@^4',
      'yaml@^2.9.1',
      'aws-cdk@~2.1148.1',
    );
    // Shows what policies deny and allow. It is for tests alone: it comes under the AGPL, and no code that is published imports or holds
    // any of it.
    project.addDevDeps('@cloud-copilot/iam-simulate@^0.1.173');

    // Three times as fast; jsii and ts-jest need the API of an older one.
    project.addDevDeps('typescript-7@npm:typescript@^7');

    const boundaries = project.addTask('lint:boundaries', {
      description: 'Check which folder imports which',
      exec: 'depcruise src --config .dependency-cruiser.cjs --no-progress',
    });
    project.testTask.spawn(boundaries);

    project.addTask('typecheck', {
      description: 'Check the types of tests, examples and project files',
      steps: ['test', 'projenrc'].map((folder) => ({
        exec: `node_modules/typescript-7/bin/tsc --noEmit --project ${folder}/tsconfig.json`,
      })),
    });
    project.addTask('rosetta', {
      description: 'Compile the examples in the README and in the docstrings',
      exec: 'jsii-rosetta extract --compile --fail --directory .',
    });
    project.addTask('package:code-only', {
      description: 'Generate the Python and Java bindings without building them',
      steps: [
        { exec: 'jsii-pacmak --code-only --target python --outdir dist/code-only' },
        { exec: 'jsii-pacmak --code-only --target java --outdir dist/code-only' },
      ],
    });
    project.addTask('bench', {
      description: 'Measure the pack against bare synthesis and cdk-nag',
      exec: 'ts-node --transpile-only --project projenrc/tsconfig.json bench/index.ts',
      receiveArgs: true,
    });
    project.tryFindObjectFile('projenrc/tsconfig.json')?.addToArray('include', '../bench/**/*.ts');
  }
}
