import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { acceptDocument } from './file-integrity-documents';
import { mayCheck } from './file-integrity-rights';

interface FileIntegrityAcceptanceProps {
  /** The name that the function knows the document by. */
  readonly documentName: string;
  readonly checkDocument: string;
  readonly judge: lambda.IFunction;
  /** The tag of hosts that are checked. */
  readonly tag: string;
  readonly tagValue: string;
}

/** The explicit step after a planned change, and who may take it. */
export class FileIntegrityAcceptance extends Construct {
  private readonly role: iam.Role;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FileIntegrityAcceptanceProps,
  ) {
    super(scope, id);
    const { documentName, checkDocument, judge, tag, tagValue } = props;
    const stack = Stack.of(this);
    const executions = stack.formatArn({ service: 'ssm', resource: 'automation-execution', resourceName: '*' });
    this.role = new iam.Role(this, 'Role', {
      description: 'Takes the state of a host and makes it its baseline',
      assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': executions } },
      }),
    });
    for (const statement of mayCheck(stack, checkDocument, tag, tagValue)) this.role.addToPolicy(statement);
    judge.grantInvoke(this.role);
    new ssm.CfnDocument(this, 'Document', {
      name: documentName,
      documentType: 'Automation',
      documentFormat: 'JSON',
      content: acceptDocument({ role: this.role.roleArn, checkDocument, functionName: judge.functionName }),
      updateMethod: 'NewVersion',
    });
  }

  /** Let somebody start it. */
  public grantStart(grantee: iam.IGrantable): void {
    const definition = Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'automation-definition',
      resourceName: `${this.props.documentName}:*`,
    });
    grantee.grantPrincipal.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['ssm:StartAutomationExecution'], resources: [definition] }),
    );
    this.role.grantPassRole(grantee.grantPrincipal);
  }
}
