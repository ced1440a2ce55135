import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

/** Types that describe containers. */
export const CONTAINER_TYPES = ['AWS::ECS::TaskDefinition', 'AWS::Batch::JobDefinition'];

const PLACES: Readonly<Record<string, readonly string[]>> = {
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions.*'],
  'AWS::Batch::JobDefinition': [
    'ContainerProperties',
    'EcsProperties.TaskProperties.*.Containers.*',
    'NodeProperties.NodeRangeProperties.*.Container',
    'NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*.Containers.*',
  ],
};

/** The containers of a task definition of ECS, or of a job definition of Batch. */
export function containersOf(resource: Resource): Value[] {
  return PLACES[resource.type].flatMap((path) => resource.properties.all(path)).filter((container) => !container.isAbsent);
}

/** Whether the containers run on Windows, which knows neither root nor what only Linux has. */
export function runsWindows(resource: Resource): boolean {
  return /^WINDOWS/.test(resource.at('RuntimePlatform.OperatingSystemFamily').string ?? '');
}
