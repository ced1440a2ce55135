import { matches, patternOf, type Reading, type Statement } from '../../model/policy';

/** Actions that let whoever has them gain rights that were never granted. */
export interface EscalationPath {
  /** All of them are needed. */
  readonly actions: readonly string[];
  /** What the first action acts on: the path is open when that may be anything of the kind. */
  readonly on: string;
  /** The service that a passed role is given to. */
  readonly passedTo?: string;
}

const ROLE = 'iam:role/any';

/** Ways to change what an identity may do, or to become another one. */
const IDENTITY_PATHS: readonly EscalationPath[] = [
  { actions: ['iam:AddUserToGroup'], on: 'iam:group/any' },
  { actions: ['iam:AttachGroupPolicy'], on: 'iam:group/any' },
  { actions: ['iam:AttachRolePolicy'], on: ROLE },
  { actions: ['iam:AttachUserPolicy'], on: 'iam:user/any' },
  { actions: ['iam:CreateAccessKey'], on: 'iam:user/any' },
  { actions: ['iam:CreateLoginProfile'], on: 'iam:user/any' },
  { actions: ['iam:CreatePolicyVersion'], on: 'iam:policy/any' },
  { actions: ['iam:PutGroupPolicy'], on: 'iam:group/any' },
  { actions: ['iam:PutRolePolicy'], on: ROLE },
  { actions: ['iam:PutUserPolicy'], on: 'iam:user/any' },
  { actions: ['iam:SetDefaultPolicyVersion'], on: 'iam:policy/any' },
  { actions: ['iam:UpdateAssumeRolePolicy'], on: ROLE },
  { actions: ['iam:UpdateLoginProfile'], on: 'iam:user/any' },
  { actions: ['sts:AssumeRole'], on: ROLE },
];

/** Ways to start something new with a role that already exists, by the service that the role is passed to. */
const PASS_ROLE_PATHS: readonly EscalationPath[] = Object.entries({
  'bedrock-agentcore.amazonaws.com': [['bedrock-agentcore:CreateCodeInterpreter', 'bedrock-agentcore:InvokeCodeInterpreter']],
  'cloudformation.amazonaws.com': [
    ['cloudformation:CreateStack'],
    ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    ['cloudformation:UpdateStackSet'],
  ],
  'codebuild.amazonaws.com': [
    ['codebuild:CreateProject', 'codebuild:StartBuild'],
    ['codebuild:CreateProject', 'codebuild:StartBuildBatch'],
  ],
  'datapipeline.amazonaws.com': [
    ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'],
  ],
  'ec2.amazonaws.com': [
    ['autoscaling:CreateAutoScalingGroup', 'autoscaling:CreateLaunchConfiguration'],
    ['autoscaling:UpdateAutoScalingGroup', 'autoscaling:CreateLaunchConfiguration'],
    ['ec2:RequestSpotInstances'],
    ['ec2:RunInstances'],
  ],
  'ecs-tasks.amazonaws.com': [
    ['batch:RegisterJobDefinition', 'batch:SubmitJob'],
    ['ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    ['ecs:RegisterTaskDefinition', 'ecs:StartTask'],
    ['ecs:RunTask'],
  ],
  'glue.amazonaws.com': [
    ['glue:CreateDevEndpoint'],
    ['glue:CreateJob', 'glue:CreateTrigger'],
    ['glue:CreateJob', 'glue:StartJobRun'],
    ['glue:UpdateJob', 'glue:CreateTrigger'],
    ['glue:UpdateJob', 'glue:StartJobRun'],
  ],
  'lambda.amazonaws.com': [
    ['lambda:CreateFunction', 'lambda:AddPermission'],
    ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
    ['lambda:CreateFunction', 'lambda:InvokeFunction'],
  ],
  'sagemaker.amazonaws.com': [
    ['sagemaker:CreateNotebookInstance'],
    ['sagemaker:CreateProcessingJob'],
    ['sagemaker:CreateTrainingJob'],
  ],
  'states.amazonaws.com': [['states:CreateStateMachine', 'states:StartExecution']],
  'tasks.apprunner.amazonaws.com': [['apprunner:CreateService']],
}).flatMap(([passedTo, ways]) => ways.map((actions) => ({ actions: ['iam:PassRole', ...actions], on: ROLE, passedTo })));

/** Ways to take over something that already runs with a role. */
const TAKE_OVER_PATHS: readonly EscalationPath[] = [
  { actions: ['apprunner:UpdateService'], on: 'apprunner:service/any' },
  { actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'], on: 'cloudformation:stack/any' },
  { actions: ['cloudformation:UpdateStack'], on: 'cloudformation:stack/any' },
  { actions: ['codebuild:StartBuild'], on: 'codebuild:project/any' },
  { actions: ['codebuild:StartBuildBatch'], on: 'codebuild:project/any' },
  { actions: ['ec2-instance-connect:SendSSHPublicKey', 'ec2:DescribeInstances'], on: 'ec2:instance/any' },
  { actions: ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'], on: 'ec2:launch-template/any' },
  { actions: ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'], on: 'ec2:instance/any' },
  { actions: ['ecs:ExecuteCommand', 'ecs:DescribeTasks'], on: 'ecs:task/any' },
  { actions: ['glue:UpdateDevEndpoint'], on: 'glue:devEndpoint/any' },
  { actions: ['lambda:UpdateFunctionCode'], on: 'lambda:function:any' },
  { actions: ['lambda:UpdateFunctionConfiguration'], on: 'lambda:function:any' },
  { actions: ['sagemaker:CreatePresignedNotebookInstanceUrl'], on: 'sagemaker:notebook-instance/any' },
  { actions: ['ssm:SendCommand'], on: 'ssm:document/any' },
  { actions: ['ssm:StartSession'], on: 'ec2:instance/any' },
];

/**
 * Ways to more rights that have been published.
 *
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 * @see https://pathfinding.cloud
 */
export const ESCALATION_PATHS: readonly EscalationPath[] = [...IDENTITY_PATHS, ...PASS_ROLE_PATHS, ...TAKE_OVER_PATHS];

/** Services of the actions: what a statement says of others opens no path and closes none. */
export const ESCALATION_SERVICES: ReadonlySet<string> = new Set(
  ESCALATION_PATHS.flatMap(({ actions }) => actions.map((action) => action.split(':', 1)[0].toLowerCase())),
);

/** Actions on IAM that alone are enough to gain any right. */
export const SELF_GRANTS: readonly string[] = IDENTITY_PATHS.map(({ actions: [action] }) => action).filter((action) =>
  action.startsWith('iam:'),
);

/** The statement that opens a path, when the statements together do; what is denied outright is not open. */
export function opening(
  { actions, on, passedTo }: EscalationPath,
  statements: readonly Statement[],
  reading: Reading,
): Statement | undefined {
  const [first, ...others] = actions;
  const isDenied = (action: string) =>
    statements.some(
      (each) =>
        each.denies &&
        !each.hasCondition &&
        each.covers(action) &&
        (action === first ? each.coversEvery(on) : each.coversAllResources && each.notResources.length === 0),
    );
  const key = statements.find((statement) =>
    // A condition on the service that a role is passed to closes only the paths of other services.
    statement.allowsOnEvery(on, first, reading, ({ key, values }) => {
      return key === 'iam:passedtoservice' && values.some((each) => matches(patternOf(each, reading), passedTo ?? ''));
    }),
  );
  const isOpen =
    key && others.every((action) => statements.some((each) => each.mayAllow(reading) && each.covers(action, reading)));
  return isOpen && !actions.some(isDenied) ? key : undefined;
}
