import { Component } from 'projen';
import type { NodeProject } from 'projen/lib/javascript';

/** `npm run demo`: the main job on a real app, first as it should be, then with five mistakes. */
export class Demo extends Component {
  constructor(project: NodeProject) {
    super(project);
    const demo = project.addTask('demo', { description: 'Synthesize the example app, break it, and audit both' });
    demo.spawn(project.compileTask);
    demo.exec('ts-node --transpile-only --project projenrc/tsconfig.json examples/demo.ts');
  }
}
