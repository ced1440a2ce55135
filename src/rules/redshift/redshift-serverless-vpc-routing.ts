import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'Redshift.12',
  slug: 'redshift-serverless-vpc-routing',
  title: 'Redshift Serverless loads and unloads data through the VPC',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-segmentation',
  severity: 'warning',
  resourceTypes: ['AWS::RedshiftServerless::Workgroup'],
  rationale:
    'Otherwise COPY and UNLOAD pass the VPC by: its endpoints, security groups and flow logs neither limit nor record where data goes.',
  remediation: 'Set `enhancedVpcRouting: true` on `redshiftserverless.CfnWorkgroup`, and give the VPC an endpoint for S3.',
  references: ['Security Hub RedshiftServerless.1', 'ElectricEye Redshift-Serverless.4'],
  check: (resource) => resource.at('EnhancedVpcRouting').mustBe(true),
  examples: flagExamples({ type: 'AWS::RedshiftServerless::Workgroup', path: 'EnhancedVpcRouting' }),
});
