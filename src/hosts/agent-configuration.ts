import { HOST_METRICS, HOST_NAMESPACE } from './host-settings';

/** File systems that are no disks, or that are full by nature. */
const NO_DISKS = [
  'autofs',
  'binfmt_misc',
  'cgroup2',
  'configfs',
  'debugfs',
  'devtmpfs',
  'efivarfs',
  'fuse.lxcfs',
  'hugetlbfs',
  'iso9660',
];
const NO_DISKS_EITHER = ['mqueue', 'nsfs', 'overlay', 'proc', 'pstore', 'securityfs', 'squashfs', 'sysfs', 'tmpfs', 'tracefs'];

const METRICS = {
  namespace: HOST_NAMESPACE,
  append_dimensions: { InstanceId: '$' + '{aws:InstanceId}', AutoScalingGroupName: '$' + '{aws:AutoScalingGroupName}' },
  aggregation_dimensions: [['InstanceId'], ['AutoScalingGroupName']],
};

/**
 * What the agent of CloudWatch measures on Linux: memory and disks, by server and by Auto Scaling group.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html
 */
export const LINUX_AGENT = {
  agent: { metrics_collection_interval: 60, run_as_user: 'cwagent' },
  metrics: {
    ...METRICS,
    metrics_collected: {
      mem: { measurement: [HOST_METRICS.memory] },
      disk: {
        measurement: ['used_percent'],
        resources: ['*'],
        drop_device: true,
        ignore_file_system_types: [...NO_DISKS, ...NO_DISKS_EITHER],
      },
    },
  },
} as const;

/** The same on Windows, whose counters have other names, and which tells what is free of a disk. */
export const WINDOWS_AGENT = {
  agent: { metrics_collection_interval: 60 },
  metrics: {
    ...METRICS,
    metrics_collected: {
      Memory: { measurement: [{ name: '% Committed Bytes In Use', rename: HOST_METRICS.memory, unit: 'Percent' }] },
      LogicalDisk: {
        measurement: [{ name: '% Free Space', rename: HOST_METRICS.diskFree, unit: 'Percent' }],
        resources: ['*'],
      },
    },
  },
} as const;
