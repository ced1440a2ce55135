import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** What a graph is about; a dashboard shows the sections in this order. */
export enum DashboardSection {
  AVAILABILITY = 'Availability',
  LATENCY = 'Latency',
  ERRORS = 'Errors',
  CAPACITY = 'Capacity',
  BACKUP = 'Backup',
  SECURITY = 'Security',
}

/** Graphs in a row; a dashboard is 24 wide. */
const IN_A_ROW = 3;
const WIDTH = 24 / IN_A_ROW;
const HEIGHT = 6;

/** A graph of some metrics. */
export function graph(title: string, metrics: readonly cloudwatch.IMetric[]): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, left: [...metrics], width: WIDTH, height: HEIGHT });
}

/** A heading and the graphs of a section below it. */
export function sectionRows(section: DashboardSection, graphs: readonly cloudwatch.GraphWidget[]): cloudwatch.IWidget[] {
  if (graphs.length === 0) return [];
  const rows: cloudwatch.IWidget[] = [new cloudwatch.TextWidget({ markdown: `## ${section}`, width: 24, height: 1 })];
  for (let start = 0; start < graphs.length; start += IN_A_ROW)
    rows.push(new cloudwatch.Row(...graphs.slice(start, start + IN_A_ROW)));
  return rows;
}
