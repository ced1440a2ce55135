import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

/** The source of a project, and its secondary sources. */
export function sourcesOf(project: Resource): Value[] {
  return [project.at('Source'), ...project.at('SecondarySources').items()].filter((source) => !source.isAbsent);
}

/** A project that builds something, for examples. */
export function project(properties: JsonObject = {}) {
  return {
    Project: {
      Type: 'AWS::CodeBuild::Project',
      Properties: { Source: { Type: 'CODEPIPELINE' }, Artifacts: { Type: 'CODEPIPELINE' }, ...properties },
    },
  };
}
