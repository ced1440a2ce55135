import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { when } from '../shared/about';
import { byParameter } from '../shared/deciding-examples';
import { isOneOf } from '../shared/ternary';

/** Backups of ONTAP are of volumes, and take their tags from those. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  LUSTRE: 'LustreConfiguration',
  OPENZFS: 'OpenZFSConfiguration',
  WINDOWS: 'WindowsConfiguration',
};
const lustre = (CopyTagsToBackups: Json) => ({
  Files: { Type: 'AWS::FSx::FileSystem', Properties: { FileSystemType: 'LUSTRE', LustreConfiguration: { CopyTagsToBackups } } },
});

export default defineRule({
  id: 'FSx.4',
  slug: 'fsx-copy-tags',
  title: 'Backups of FSx file systems have the tags of the file system',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'data-classification',
  severity: 'info',
  resourceTypes: ['AWS::FSx::FileSystem'],
  rationale:
    'Tags say who owns data and how confidential it is; a backup without them falls out of every rule that goes by tags.',
  remediation: 'Set `copyTagsToBackups: true` in the configuration of the file system.',
  references: ['Security Hub FSx.1', 'Security Hub FSx.2'],
  applies: (fileSystem) => isOneOf(fileSystem.at('FileSystemType'), Object.keys(CONFIGURATIONS)) !== false,
  check: (fileSystem) =>
    Object.entries(CONFIGURATIONS).flatMap(([kind, configuration]) =>
      when(isOneOf(fileSystem.at('FileSystemType'), [kind]), fileSystem.at(`${configuration}.CopyTagsToBackups`).mustBe(true)),
    ),
  examples: {
    pass: { 'tags are copied': lustre(true) },
    fail: {
      'tags are not mentioned': { Files: { Type: 'AWS::FSx::FileSystem', Properties: { FileSystemType: 'OPENZFS' } } },
      'tags are not copied': lustre(false),
    },
    undetermined: { 'whether tags are copied is a parameter': byParameter(lustre) },
  },
});
