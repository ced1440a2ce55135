import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

/** Where each kind of file system says how it is spread. Lustre is in one zone always. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  ONTAP: 'OntapConfiguration',
  OPENZFS: 'OpenZFSConfiguration',
  WINDOWS: 'WindowsConfiguration',
};
const windows = (DeploymentType: Json) => ({
  Files: { Type: 'AWS::FSx::FileSystem', Properties: { FileSystemType: 'WINDOWS', WindowsConfiguration: { DeploymentType } } },
});

export default defineRule({
  id: 'FSx.1',
  slug: 'fsx-multi-az',
  title: 'FSx file systems stand in two Availability Zones',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: ['AWS::FSx::FileSystem'],
  rationale: 'A file system in one zone is gone for as long as the zone is, with all applications that need its files.',
  remediation:
    'Set `deploymentType: "MULTI_AZ_1"` and two subnets. A deployed file system is replaced by that change: restore a backup into the new one.',
  references: ['Security Hub FSx.3', 'Security Hub FSx.4', 'Security Hub FSx.5', 'NIST 800-53 CP-10'],
  applies: (fileSystem) => fileSystem.at('FileSystemType').string !== 'LUSTRE',
  check: (fileSystem) => {
    const type = fileSystem.at('FileSystemType');
    const expected = "'MULTI_AZ_1' or 'MULTI_AZ_2'";
    const configuration = CONFIGURATIONS[type.string ?? ''];
    if (configuration === undefined) return [type.undetermined(expected)];
    return fileSystem.at(`${configuration}.DeploymentType`).must(expected, ({ string = '' }) => string.startsWith('MULTI_AZ'));
  },
  examples: {
    pass: {
      'files for Windows are in two zones': windows('MULTI_AZ_1'),
      'files on ONTAP are in two zones': {
        Files: {
          Type: 'AWS::FSx::FileSystem',
          Properties: { FileSystemType: 'ONTAP', OntapConfiguration: { DeploymentType: 'MULTI_AZ_2' } },
        },
      },
    },
    fail: {
      'nothing is said about zones': {
        Files: { Type: 'AWS::FSx::FileSystem', Properties: { FileSystemType: 'WINDOWS', WindowsConfiguration: {} } },
      },
      'files for Windows are in one zone': windows('SINGLE_AZ_2'),
      'files on OpenZFS are in one zone': {
        Files: {
          Type: 'AWS::FSx::FileSystem',
          Properties: { FileSystemType: 'OPENZFS', OpenZFSConfiguration: { DeploymentType: 'SINGLE_AZ_HA_2' } },
        },
      },
    },
    undetermined: { 'the number of zones is a parameter': byParameter(windows) },
  },
});
