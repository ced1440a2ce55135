import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';

const APP = 'AWS::Amplify::App';
const BRANCH = 'AWS::Amplify::Branch';

const branch = (properties: JsonObject, app: JsonObject = {}) => ({
  Site: { Type: APP, Properties: { Name: 'site', ...app } },
  Branch: { Type: BRANCH, Properties: { AppId: { 'Fn::GetAtt': ['Site', 'AppId'] }, BranchName: 'next', ...properties } },
});

export default defineRule({
  id: 'Amplify.1',
  slug: 'amplify-basic-auth',
  title: 'Amplify branches that are not in production ask for a password',
  criteria: [Criterion.CC6_1, Criterion.CC6_6],
  control: 'public-exposure',
  severity: 'info',
  resourceTypes: [BRANCH],
  applies: (branch) => branch.at('Stage').string !== 'PRODUCTION',
  rationale: 'A branch is on the internet as soon as it is built, with all that is not ready for it yet.',
  remediation: "Set `basicAuth: amplify.BasicAuth.fromGeneratedPassword('reviewer')` on the branch, or `stage: 'PRODUCTION'`.",
  references: ['ElectricEye Amplify.1', 'NIST 800-53 AC-3'],
  check: (branch) => {
    const app = branch.at('AppId').targets(APP)[0];
    const own = branch.at('BasicAuthConfig.EnableBasicAuth');
    if (own.isAbsent && app?.at('BasicAuthConfig.EnableBasicAuth').boolean === true)
      return [metBy(app, 'the app asks for a password on all its branches')];
    return own.mustBe(true);
  },
  examples: {
    pass: {
      'the branch asks for a password': branch({ BasicAuthConfig: { EnableBasicAuth: true, Username: 'u', Password: 'p' } }),
      'the app asks for a password': branch({}, { BasicAuthConfig: { EnableBasicAuth: 'true' } }),
    },
    fail: {
      'nothing is asked for': branch({}),
      'it is switched off': branch({ BasicAuthConfig: { EnableBasicAuth: false } }),
    },
    undetermined: {
      'it is a parameter': {
        Parameters: { On: { Type: 'String' } },
        Resources: branch({ BasicAuthConfig: { EnableBasicAuth: { Ref: 'On' } } }),
      },
    },
  },
});
