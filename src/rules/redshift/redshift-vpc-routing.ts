import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'Redshift.7',
  slug: 'redshift-vpc-routing',
  title: 'Redshift clusters load and unload data through the VPC',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-segmentation',
  severity: 'warning',
  resourceTypes: ['AWS::Redshift::Cluster'],
  rationale:
    'Otherwise COPY and UNLOAD pass the VPC by: its endpoints, security groups and flow logs neither limit nor record where data goes.',
  remediation: 'Set `enhancedVpcRouting: true`, and give the VPC an endpoint for S3.',
  references: [
    'Security Hub Redshift.7',
    'AWS Config REDSHIFT_ENHANCED_VPC_ROUTING_ENABLED',
    'cdk-nag RedshiftEnhancedVPCRoutingEnabled',
    'Checkov CKV_AWS_321',
  ],
  check: (resource) => resource.at('EnhancedVpcRouting').mustBe(true),
  examples: flagExamples({ type: 'AWS::Redshift::Cluster', path: 'EnhancedVpcRouting' }),
});
