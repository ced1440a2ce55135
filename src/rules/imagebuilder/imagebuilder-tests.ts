import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const pipeline = (properties: JsonObject) => ({
  Pipeline: { Type: 'AWS::ImageBuilder::ImagePipeline', Properties: { Name: 'base', ...properties } },
});
const tests = (ImageTestsEnabled: JsonObject | boolean | string) => ({ ImageTestsConfiguration: { ImageTestsEnabled } });

export default defineRule({
  id: 'ImageBuilder.1',
  slug: 'imagebuilder-tests',
  title: 'Images are tested before they are handed out',
  criteria: [Criterion.CC8_1, Criterion.CC7_1],
  control: 'change-management',
  severity: 'warning',
  resourceTypes: ['AWS::ImageBuilder::ImagePipeline', 'AWS::ImageBuilder::Image'],
  rationale: 'Every server starts from the image: what is wrong with it is wrong everywhere at once.',
  remediation: 'Leave out `imageTestsEnabled: false` in `imageTestsConfiguration`.',
  references: ['ElectricEye ImageBuilder.1', 'NIST 800-53 CM-4'],
  check: (resource) =>
    resource.at('ImageTestsConfiguration.ImageTestsEnabled').mustBe(true, {
      absent: 'Image Builder runs the tests when the pipeline does not say',
    }),
  examples: {
    pass: { 'tests are not mentioned': pipeline({}), 'tests are on': pipeline(tests(true)) },
    fail: {
      'tests are off': pipeline(tests(false)),
      'tests of a single image are off': { Image: { Type: 'AWS::ImageBuilder::Image', Properties: tests('false') } },
    },
    undetermined: { 'it is a parameter': withParameter('Tests', pipeline(tests({ Ref: 'Tests' }))) },
  },
});
