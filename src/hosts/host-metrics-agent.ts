import { type Stack, Tags } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct, type IConstruct } from 'constructs';
import { outermostStack } from '../environment/outermost-stack';
import { AGENT_DOCUMENT } from './agent-document';
import { HOST_METRICS_TAG } from './host-settings';

const ID = 'Soc2HostMetrics';

/**
 * Has Systems Manager install the agent of CloudWatch on servers, and see once a day that it is there: once for each stack, for all
 * servers with its tag. A server gets it as soon as it is known to Systems Manager.
 */
export class HostMetricsAgent extends Construct {
  /** Have the agent on what is launched below a construct. */
  public static installOn(host: Construct): void {
    const stack = outermostStack(host);
    const agent = (stack.node.tryFindChild(ID) as HostMetricsAgent | undefined) ?? new HostMetricsAgent(stack);
    agent.serve(host);
  }

  private constructor(stack: Stack) {
    super(stack, ID);
    const document = new ssm.CfnDocument(this, 'Document', {
      documentType: 'Command',
      documentFormat: 'JSON',
      content: AGENT_DOCUMENT,
      targetType: '/AWS::EC2::Instance',
      updateMethod: 'NewVersion',
    });
    new ssm.CfnAssociation(this, 'Association', {
      name: document.ref,
      documentVersion: '$LATEST',
      targets: [{ key: `tag:${HOST_METRICS_TAG}`, values: [this.node.addr] }],
      scheduleExpression: 'rate(1 day)',
      maxConcurrency: '25%',
      maxErrors: '25%',
      complianceSeverity: 'MEDIUM',
    });
  }

  private serve(host: IConstruct): void {
    Tags.of(host).add(HOST_METRICS_TAG, this.node.addr, {
      includeResourceTypes: ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup'],
    });
  }
}
