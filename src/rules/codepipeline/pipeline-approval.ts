import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const EXPECTED = 'an approval before the last deployment';
const stage = (...categories: Json[]) => ({
  Name: 'stage',
  Actions: categories.map((Category, index) => ({
    Name: `a${index}`,
    RunOrder: index + 1,
    ActionTypeId: { Category, Owner: 'AWS' },
  })),
});
const pipeline = (...Stages: Json[]) => ({ Pipeline: { Type: 'AWS::CodePipeline::Pipeline', Properties: { Stages } } });

export default defineRule({
  id: 'CodePipeline.1',
  slug: 'pipeline-approval',
  title: 'Somebody approves a change before a pipeline deploys it to production',
  criteria: [Criterion.CC8_1],
  control: 'change-management',
  // Where every change is reviewed before it is merged, that review is the approval.
  severity: 'info',
  resourceTypes: ['AWS::CodePipeline::Pipeline'],
  applies: (pipeline) => actionsOf(pipeline).some((action) => isOf(action, 'Deploy')),
  rationale: 'An approval in the pipeline is a record of who let which change into production, and when.',
  remediation:
    'Add `new pipelines.ManualApprovalStep(…)` to `pre` of the production stage, or a `ManualApprovalAction` before the last deployment.',
  references: ['NIST 800-53 CM-3', 'NIST 800-53 CM-5'],
  check: (pipeline) => {
    const actions = actionsOf(pipeline);
    const last = actions.map((action) => isOf(action, 'Deploy')).lastIndexOf(true);
    const before = actions.slice(0, last);
    if (before.some((action) => isOf(action, 'Approval'))) return [metBy(pipeline, 'it waits for an approval')];
    const open = before.find((action) => action.at('ActionTypeId.Category').isUnknown);
    if (open) return [open.undetermined(EXPECTED)];
    return [pipeline.at('Stages').fails(EXPECTED, 'the pipeline deploys what nobody approved in it')];
  },
  examples: {
    pass: {
      'an approval is in a stage of its own': pipeline(stage('Source'), stage('Build'), stage('Approval'), stage('Deploy')),
      'an approval comes first in the stage': pipeline(stage('Source'), stage('Deploy'), stage('Approval', 'Deploy')),
      'an approval comes first, though it is written last': pipeline(stage('Source'), {
        Name: 'production',
        Actions: [
          { Name: 'deploy', RunOrder: 2, ActionTypeId: { Category: 'Deploy' } },
          { Name: 'approve', RunOrder: 1, ActionTypeId: { Category: 'Approval' } },
        ],
      }),
    },
    fail: {
      'there is no approval': pipeline(stage('Source'), stage('Build'), stage('Deploy')),
      'the approval comes too late': pipeline(stage('Source'), stage('Deploy', 'Approval')),
    },
    undetermined: {
      'the kind of an action is a parameter': withParameter(
        'Kind',
        pipeline(stage('Source'), stage({ Ref: 'Kind' }), stage('Deploy')),
      ),
    },
  },
});

/** The actions in the order in which they run. */
function actionsOf(pipeline: Resource): Value[] {
  return pipeline
    .at('Stages')
    .items()
    .flatMap((each) =>
      each
        .at('Actions')
        .items()
        .sort((a, b) => orderOf(a) - orderOf(b)),
    );
}

function orderOf(action: Value): number {
  return action.at('RunOrder').number ?? 1;
}

function isOf(action: Value, category: string): boolean {
  return action.at('ActionTypeId.Category').string === category;
}
