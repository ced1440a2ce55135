import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { project, sourcesOf } from '../shared/codebuild-project';
import { withParameter } from '../shared/iam-examples';

const source = (InsecureSsl: Json) => ({ Type: 'GITHUB_ENTERPRISE', Location: 'https://git.example.com/shop', InsecureSsl });

export default defineRule({
  id: 'CodeBuild.5',
  slug: 'codebuild-insecure-ssl',
  title: 'Builds verify where their source comes from',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::CodeBuild::Project'],
  rationale: 'Without a look at the certificate, whoever stands between can hand the build another source, and own the program.',
  remediation: 'Leave out `ignoreSslErrors`; pass the certificate of your own authority as `certificate` of the `environment`.',
  references: ['ElectricEye CodeBuild.2', 'NIST 800-53 SC-8'],
  check: (project) => sourcesOf(project).flatMap((source) => source.at('InsecureSsl').mustBe(false, { absent: '' })),
  examples: {
    pass: { 'it is not mentioned': project(), 'certificates are verified': project({ Source: source(false) }) },
    fail: {
      'certificates are not verified': project({ Source: source('true') }),
      'those of a second source are not verified': project({ SecondarySources: [source(true)] }),
    },
    undetermined: { 'it is a parameter': withParameter('Insecure', project({ Source: source({ Ref: 'Insecure' }) })) },
  },
});
