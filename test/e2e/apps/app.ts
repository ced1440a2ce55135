import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Aspects, CfnResource, Fn, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Construct, type IConstruct } from 'constructs';
import {
  Criterion,
  type IAdditionalRule,
  RuleCatalog,
  RuleSeverity,
  Soc2Checks,
  type Soc2ChecksProps,
  Soc2Exception,
} from '../../../src';

/** The rules that these apps are about: one about a resource, one about the environment. Others are left out. */
const VERSIONING = 's3-bucket-versioning';
const TRAIL = 'cloudtrail-exists';

const exception = {
  rule: VERSIONING,
  reason: 'Holds only what can be made again',
  owner: 'data team',
  ticket: 'SEC-1',
  expires: '2999-12-31',
};

const OWN_RULE: IAdditionalRule = {
  id: 'ACME.1',
  slug: 'acme-bucket-names',
  title: 'Buckets have no name of their own',
  criteria: [Criterion.CC6_1],
  severity: RuleSeverity.ERROR,
  resourceTypes: ['AWS::S3::Bucket'],
  remediation: 'Leave out `bucketName`.',
  check: (bucket) =>
    bucket.property('BucketName').value === undefined
      ? []
      : [{ path: 'BucketName', problem: 'there is a name', found: 'a name', expected: 'none' }],
};

const good = (scope: Construct, id = 'Good') => new s3.Bucket(scope, id, { versioned: true });
const bad = (scope: Construct, id = 'Bad') => new s3.Bucket(scope, id);
const raw = (bucket: s3.Bucket) => bucket.node.defaultChild as s3.CfnBucket;
const acknowledge = (scope: IConstruct, id: string) => Validations.of(scope).acknowledge({ id, reason: 'because' });

/** What each app is made of; answers with options of the pack. */
const APPS: Readonly<Record<string, (app: App) => Soc2ChecksProps | unknown>> = {
  clean: (app) => {
    const stack = new Stack(app, 'Clean');
    good(stack);
    good(new NestedStack(stack, 'Nested'));
    Soc2Exception.of(bad(stack, 'Accepted')).add(exception);
    const stage = new Stage(app, 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } });
    good(new Stack(stage, 'Stack'));
    good(new NestedStack(new Stack(new Stage(stage, 'Inner'), 'Stack'), 'Nested'));
    return { additionalRules: [OWN_RULE] };
  },
  'top-level': (app) => bad(new Stack(app, 'S')),
  'in-a-group': (app) => bad(new Stack(new Construct(app, 'Group'), 'S')),
  'nested-stack': (app) => bad(new NestedStack(new Stack(app, 'S'), 'Nested')),
  stage: (app) => {
    good(new Stack(app, 'S'));
    bad(new Stack(new Stage(app, 'Prod'), 'S'));
  },
  'nested-stage': (app) => bad(new Stack(new Stage(new Stage(app, 'Prod'), 'Inner'), 'S')),
  'nested-stack-in-stage': (app) => bad(new NestedStack(new Stack(new Stage(app, 'Prod'), 'S'), 'Nested')),
  'missing-in-environment': (app) => {
    good(new Stack(app, 'S'));
    return { inherited: [] };
  },
  'missing-in-environment-of-stage': (app) => {
    good(new Stack(new Stage(app, 'Prod'), 'S'));
    return { inherited: [] };
  },
  'rule-throws': (app) => {
    good(new Stack(app, 'S'));
    return {
      additionalRules: [
        {
          ...OWN_RULE,
          severity: RuleSeverity.INFO,
          check: () => {
            throw new Error('no such thing');
          },
        },
      ],
    };
  },
  'own-rule': (app) => {
    new s3.Bucket(new Stack(app, 'S'), 'Named', { versioned: true, bucketName: 'named' });
    return { additionalRules: [OWN_RULE] };
  },
  'no-resources': (app) => new Stack(app, 'S'),
  'no-stacks': () => undefined,
  'no-stacks-in-stage': (app) => new Stage(app, 'Prod'),
  'expired-exception': (app) => Soc2Exception.of(bad(new Stack(app, 'S'))).add({ ...exception, expires: '2024-02-29' }),
  'expired-exception-in-stage': (app) =>
    Soc2Exception.of(bad(new Stack(new Stage(app, 'Prod'), 'S'))).add({ ...exception, expires: '2024-02-29' }),
  unwaivable: (app) => {
    Soc2Exception.of(bad(new Stack(app, 'S'))).add(exception);
    return { unwaivable: [VERSIONING] };
  },
  'exception-not-in-template': (app) => {
    const bucket = bad(new Stack(app, 'S'));
    Soc2Exception.of(bucket).add(exception);
    raw(bucket).addOverride('Metadata', undefined);
  },
  'resource-made-after-exception': (app) => {
    const stack = new Stack(app, 'S');
    Soc2Exception.of(stack).add(exception);
    good(stack);
    Aspects.of(stack).add({
      visit: (node) => {
        if (node === stack && !stack.node.tryFindChild('Late')) {
          const late = new CfnResource(stack, 'Late', { type: 'AWS::S3::Bucket' });
          late.addOverride('Metadata', undefined);
        }
      },
    });
  },
  'bare-acknowledgement': (app) => acknowledge(bad(new Stack(app, 'S')), 'SOC2-S3.8'),
  'bare-qualified-acknowledgement': (app) => acknowledge(bad(new Stack(app, 'S')), 'SOC2::SOC2-S3.8'),
  'bare-acknowledgement-of-app': (app) => {
    bad(new Stack(app, 'S'));
    acknowledge(app, 'SOC2::SOC2-S3.8');
  },
  'bare-acknowledgement-in-stage': (app) => acknowledge(bad(new Stack(new Stage(app, 'Prod'), 'S')), 'SOC2::SOC2-S3.8'),
  'bare-acknowledgement-of-stage': (app) => {
    const stage = new Stage(app, 'Prod');
    good(new Stack(stage, 'S'));
    acknowledge(stage, 'SOC2-S3.8');
  },
  'paths-of-another-app': (app) => {
    const templateFile = join(__dirname, `${process.pid}.json`);
    const Metadata = { 'aws:cdk:path': 'Elsewhere/Bucket/Resource' };
    writeFileSync(templateFile, JSON.stringify({ Resources: { Included: { Type: 'AWS::S3::Bucket', Metadata } } }));
    new CfnInclude(new Stack(app, 'S'), 'Template', { templateFile });
  },
  macro: (app) => {
    const stack = new Stack(app, 'S');
    stack.addTransform('Changes');
    good(stack);
    return { strict: true };
  },
  strict: (app) => {
    unknownToSynthesis(new Stack(app, 'S'));
    return { strict: true };
  },
  undetermined: (app) => unknownToSynthesis(new Stack(app, 'S')),
  'ledger-in-the-way': (app) => {
    good(new Stack(app, 'S'));
    return {
      additionalRules: [
        {
          ...OWN_RULE,
          check: () => {
            writeFileSync(join(app.outdir, 'soc2'), 'not a folder');
            return [];
          },
        },
      ],
    };
  },
  'template-unreadable': (app) => {
    good(new Stack(app, 'S'));
    Validations.of(app).addPlugins({
      name: 'Before',
      validate: ({ templatePaths }) => {
        for (const path of templatePaths) writeFileSync(path, '{');
        return { success: true, violations: [] };
      },
    });
  },
  'two-stacks': (app) => {
    good(new Stack(app, 'Clean'));
    bad(new Stack(app, 'Other'));
  },
  'without-pack': (app) => bad(new Stack(app, 'Clean')),
};

function unknownToSynthesis(stack: Stack): void {
  const Status = Fn.importValue('elsewhere');
  new CfnResource(stack, 'B', { type: 'AWS::S3::Bucket', properties: { VersioningConfiguration: { Status } } });
}

if (process.env.EXPECT_COPIES) {
  const [own, packs] = ['.', require.resolve('cdk-soc2')].map((from) =>
    require.resolve('aws-cdk-lib', { paths: [join(from === '.' ? __dirname : join(from, '..'))] }),
  );
  if (own === packs) throw new Error('the app and the pack have the same copy of aws-cdk-lib');
}

const name = process.env.APP ?? '';
const build = APPS[name];
if (!build) throw new Error(`there is no app '${name}'`);
const app = new App();
const result = build(app);
const options = (
  typeof result === 'object' && result !== null && !Construct.isConstruct(result) ? result : {}
) as Soc2ChecksProps;
if (name !== 'without-pack') {
  Validations.of(app).addPlugins(
    new Soc2Checks(app, {
      inherited: [{ rule: TRAIL, owner: 'security team', pointer: 'stack Baseline' }],
      exclude: RuleCatalog.all()
        .filter(({ slug }) => slug !== VERSIONING && slug !== TRAIL)
        .map(({ id }) => ({ rule: id, reason: 'not what this test is about' })),
      ...options,
    }),
  );
}
app.synth();
