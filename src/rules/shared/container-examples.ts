import type { JsonObject } from '../../model/json';

/** A task definition of ECS with containers. */
export function task(...containers: JsonObject[]) {
  return taskWith({}, ...containers);
}

/** A task definition of ECS with settings of its own. */
export function taskWith(properties: JsonObject, ...containers: JsonObject[]) {
  const ContainerDefinitions = containers.map((each, index) => ({ Name: `c${index}`, Image: 'nginx', ...each }));
  return { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: 'web', ...properties, ContainerDefinitions } } };
}

/** A job definition of Batch with one container. */
export function job(container: JsonObject) {
  return {
    Job: {
      Type: 'AWS::Batch::JobDefinition',
      Properties: { Type: 'container', ContainerProperties: { Image: 'nginx', ...container } },
    },
  };
}
