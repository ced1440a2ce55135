import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import { withParameter } from '../shared/iam-examples';
import { allAre, anyIs, isOneOf, type Ternary } from '../shared/ternary';

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
  ...about((pipeline) => anyIs(stepsOf(pipeline).map((step) => isOf(step, 'Deploy'))), judge),
  rationale: 'An approval in the pipeline is a record of who let which change into production, and when.',
  remediation:
    'Add `new pipelines.ManualApprovalStep(…)` to `pre` of the production stage, or a `ManualApprovalAction` before the last deployment.',
  references: ['NIST 800-53 CM-3', 'NIST 800-53 CM-5'],
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

/** An action, and when it runs: stage by stage, and in a stage by order; what has the same order runs at the same time. */
interface Step {
  readonly category: Value;
  readonly stage: number;
  readonly order: Value;
}

function stepsOf(pipeline: Resource): Step[] {
  return pipeline
    .at('Stages')
    .items()
    .flatMap((each, stage) =>
      each
        .at('Actions')
        .items()
        .map((action) => ({ category: action.at('ActionTypeId.Category'), stage, order: action.at('RunOrder') })),
    );
}

function judge(pipeline: Resource): Observation[] {
  const steps = stepsOf(pipeline);
  const isApproved = anyIs(
    steps.flatMap((first) => steps.map((then) => allAre([isOf(first, 'Approval'), isOf(then, 'Deploy'), isBefore(first, then)]))),
  );
  if (isApproved) return [metBy(pipeline, 'it waits for an approval')];
  const stages = pipeline.at('Stages');
  return [
    isApproved === undefined
      ? stages.undetermined(EXPECTED, 'deployment decides the kind or the order of an action')
      : stages.fails(EXPECTED, 'the pipeline deploys what nobody approved in it'),
  ];
}

function isBefore(first: Step, then: Step): Ternary {
  if (first.stage !== then.stage) return first.stage < then.stage;
  if (first.order.isUnknown || then.order.isUnknown) return undefined;
  return (first.order.number ?? 1) < (then.order.number ?? 1);
}

function isOf({ category }: Step, wanted: string): Ternary {
  return isOneOf(category, [wanted]);
}
