import { Component } from 'projen';
import type { NodeProject } from 'projen/lib/javascript';

/** Tasks around the files that are derived from the rule registry: the index, RULES.md, CONTROLS.md, rules of AWS Config. */
export class GeneratedDocs extends Component {
  constructor(project: NodeProject) {
    super(project);
    const script = (name: string) => `ts-node --transpile-only --project projenrc/tsconfig.json projenrc/tasks/${name}.ts`;

    const generate = project.addTask('generate', {
      description: 'Regenerate src/rules/index.ts, the rules of AWS Config, RULES.md and CONTROLS.md',
      exec: script('generate'),
    });
    project.addTask('check:generated', {
      description: 'Fail when a generated file is out of date',
      exec: `${script('generate')} --check`,
    });
    // Not a task: projen joins the arguments of a task without quotes, and the title has spaces.
    project.setScript('new-rule', script('new-rule'));
    project.preCompileTask.spawn(generate);
  }
}
