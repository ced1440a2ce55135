import { Component } from 'projen';
import type { NodeProject } from 'projen/lib/javascript';

/** Puts the compiled rules into one file: every synthesis of every user loads all of them. */
export class RulesBundle extends Component {
  constructor(project: NodeProject) {
    super(project);
    const bundle = project.addTask('bundle:rules', {
      description: 'Put the compiled rules into one file',
      exec: 'ts-node --transpile-only --project projenrc/tsconfig.json projenrc/tasks/bundle-rules.ts',
    });
    project.compileTask.spawn(bundle);
    // What went into the bundle, and nothing else asks for.
    project.npmignore?.exclude('/lib/rules/*/');
  }
}
