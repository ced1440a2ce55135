import { Component } from 'projen';
import type { NodeProject } from 'projen/lib/javascript';

/**
 * Bundles the command line tool into one file.
 *
 * The parsers it uses are development dependencies: the published library itself depends on nothing but its peers.
 */
export class CliBundle extends Component {
  constructor(project: NodeProject) {
    super(project);
    project.addDevDeps(
      'esbuild@^0.28.2',
      'commander@^14',
      'js-yaml@^5.5.0',
      'jsonc-parser@^3.3.1',
      'cli-table3@^0.6.5',
      'picocolors@^1.1.1',
      'ora@^8.1.0',
    );
    project.addBins({ 'cdk-soc2': 'assets/cli/cdk-soc2.js' });

    const bundle = project.addTask('bundle:cli', {
      description: 'Bundle the cdk-soc2 command line tool',
      exec: 'ts-node --transpile-only --project projenrc/tsconfig.json projenrc/tasks/bundle-cli.ts',
    });
    // Whatever compiles the library makes the tool that is published with it.
    project.compileTask.prependSpawn(bundle);
  }
}
