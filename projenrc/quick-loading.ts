import { Component } from 'projen';
import type { NodeProject } from 'projen/lib/javascript';

/** Makes the compiled library quick to load: every synthesis of every user does it. */
export class QuickLoading extends Component {
  constructor(project: NodeProject) {
    super(project);
    const run = (file: string) => `ts-node --transpile-only --project projenrc/tsconfig.json projenrc/tasks/${file}.ts`;
    const bundle = project.addTask('bundle:rules', { description: 'Put the rules into one file', exec: run('bundle-rules') });
    const index = project.addTask('lazy:index', {
      description: 'Have the index load a file when something of it is first used',
      exec: run('lazy-index'),
    });
    project.compileTask.spawn(bundle);
    project.compileTask.spawn(index);
    // What went into the bundle, and nothing else asks for.
    project.npmignore?.exclude('/lib/rules/*/');
  }
}
