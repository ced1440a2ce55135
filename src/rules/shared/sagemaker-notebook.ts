import type { JsonObject } from '../../model/json';

export const NOTEBOOK = 'AWS::SageMaker::NotebookInstance';

/** For the examples of rules: a notebook instance. */
export function notebook(properties: object): JsonObject {
  return {
    Notebook: {
      Type: NOTEBOOK,
      Properties: { InstanceType: 'ml.t3.medium', RoleArn: 'arn:aws:iam::111122223333:role/Research', ...properties },
    },
  };
}
