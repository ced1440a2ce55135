import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { fromJsonText } from './json-text';

/** What a client of EFS needs to be allowed before it can do anything else. */
export const MOUNT = 'elasticfilesystem:ClientMount';

/** The policy of a file system. Without one, EFS lets in whoever reaches a mount target. */
export function fileSystemPolicy(fileSystem: Resource): Value {
  return fileSystem.at('FileSystemPolicy').once(fromJsonText);
}

/** For the examples of rules: a file system that lets everyone mount it, but for what the statements say otherwise. */
export function fileSystemWith(...statements: object[]): JsonObject {
  const Statement = statements.map((more) => ({ Effect: 'Allow', Principal: { AWS: '*' }, Action: MOUNT, ...more }));
  return { Files: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemPolicy: { Statement } } } };
}

/** For the examples of rules: how CDK keeps out clients that do not say who they are; nobody is allowed to mount. */
export const NO_MOUNT = {
  Action: ['elasticfilesystem:ClientWrite', 'elasticfilesystem:ClientRootAccess'],
  Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
};
