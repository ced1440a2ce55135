import { Annotations, Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { METADATA_KEY } from '../model/metadata-key';
import type { DeclaredActivity } from './alert-settings';

/** What is declared, in words. */
export interface DeclaredKind {
  /** Letters and hyphens: part of the path of the parameters. */
  readonly folder: string;
  /** One of them. */
  readonly word: string;
}

const USUAL_ACTIVITY: DeclaredKind = { folder: 'usual-activity', word: 'usual activity' };

/**
 * What is declared as usual: a parameter each, which the function reads when an event comes, so that a declaration ends on its last
 * day without a deployment; and in the metadata of the template, for the ledger.
 */
export class DeclaredActivities extends Construct {
  /** Path of the parameters. */
  public readonly path: string;

  constructor(scope: Construct, id: string, declared: readonly DeclaredActivity[], { folder, word } = USUAL_ACTIVITY) {
    super(scope, id);
    this.path = `/soc2/${folder}/${Names.uniqueResourceName(this, { maxLength: 100, separator: '-' })}`;
    declared.forEach((each, index) => {
      new ssm.StringParameter(this, `Declared${index}`, {
        parameterName: `${this.path}/${index}`,
        description: `${word[0].toUpperCase()}${word.slice(1)}, which does not alert: ${each.name}`.slice(0, 1024),
        stringValue: Stack.of(this).toJsonString(each),
      });
      if (isOver(each.expires)) {
        Annotations.of(this).addWarningV2(
          `cdk-soc2:${folder}-expired-${index}`,
          `The ${word} '${each.name}' of ${each.owner} expired on ${each.expires}: it alerts again. Renew it, or take it out.`,
        );
      }
    });
    this.writeDown(declared);
  }

  public mayRead(): iam.PolicyStatement {
    const arn = Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: this.path.slice(1) });
    return new iam.PolicyStatement({ actions: ['ssm:GetParametersByPath'], resources: [arn, `${arn}/*`] });
  }

  /** For the ledger and for auditors who have nothing but the template. */
  private writeDown(declared: readonly DeclaredActivity[]): void {
    if (declared.length === 0) return;
    const { templateOptions } = Stack.of(this);
    const ours = templateOptions.metadata?.[METADATA_KEY];
    templateOptions.metadata = {
      ...templateOptions.metadata,
      [METADATA_KEY]: {
        ...ours,
        usualActivity: [...(ours?.usualActivity ?? []), ...declared.map((each) => ({ ...each, at: this.node.path }))],
      },
    };
  }
}

/** Today, or the day that `SOURCE_DATE_EPOCH` names, so that the same app gives the same output. */
function isOver(day: string): boolean {
  const { SOURCE_DATE_EPOCH: epoch } = process.env;
  const now = epoch ? new Date(Number(epoch) * 1000) : new Date();
  return now.toISOString().slice(0, 10) > day;
}
