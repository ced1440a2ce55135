import type { Runbook } from './runbook';
import { RunbookFamily } from './runbook-family';
import {
  checkInstance,
  INSTANCE,
  isolateInstance,
  keepInstance,
  lookAtInstance,
  lookUpEvents,
  snapshotInstance,
  stopInstance,
} from './runbook-steps';

const SERVICES = 'arn:{P}:ecs:{R}:{A}:service/*';

const consoleOutput = {
  name: 'CollectConsole',
  title: 'Keep what the server wrote to its console.',
  service: 'ec2',
  api: 'GetConsoleOutput',
  inputs: { InstanceId: '{{ InstanceId }}' },
  rights: { 'ec2:GetConsoleOutput': ['arn:{P}:ec2:{R}:{A}:instance/*'] },
} as const;

const COMPROMISED_INSTANCE: Runbook = {
  family: RunbookFamily.COMPROMISED_INSTANCE,
  title: 'Compromised instance',
  summary: 'Somebody else controls a server, or runs programs on it.',
  signs: [
    'GuardDuty reports Backdoor:EC2, Trojan:EC2, UnauthorizedAccess:EC2, or a finding of runtime monitoring.',
    'The server calls addresses that nobody knows, or its users and programs changed.',
  ],
  parameters: INSTANCE,
  look: [lookAtInstance],
  contain: [keepInstance, isolateInstance],
  collect: [snapshotInstance, consoleOutput],
  eradicate: [stopInstance],
  recover: [checkInstance],
  people: {
    contain: [
      'If the server is in an Auto Scaling group, detach it first and let the group start a clean one; otherwise the group may terminate it.',
      'If the server has several network interfaces, set the group without rules on each: the document can set it only on a single one.',
      'Connections that are open may stay open for a while after the security group changed: a rule of the network access list ends them.',
      'Treat the keys of its role as stolen: quarantine the role with the runbook for data exfiltration.',
    ],
    collect: ['If memory matters, take it before the server is stopped, with the tool that you have practised.'],
    eradicate: ['Do not clean a server: replace it. Find the way in, and close it in the image or the code.'],
    recover: [
      'Start a new server from a clean image and restore data from before the break-in.',
      'Keep the snapshots as long as the investigation runs. Mode Undo reconnects the server, if it was a false alarm.',
    ],
  },
};

const CHANGED_FILES: Runbook = {
  family: RunbookFamily.CHANGED_FILES,
  title: 'Changed files',
  summary: 'Programs or settings of a server differ from its baseline, and nobody announced a change.',
  signs: [
    'FileIntegrity reports changed, added or removed files, a baseline that somebody tampered with, or a state from another host.',
    'A server sends no state of its files any more.',
  ],
  parameters: INSTANCE,
  look: [lookAtInstance],
  contain: [keepInstance, isolateInstance],
  collect: [
    snapshotInstance,
    lookUpEvents('CollectCallsOnInstance', 'Read which calls name the server.', 'ResourceName', '{{ InstanceId }}'),
  ],
  eradicate: [stopInstance],
  recover: [checkInstance],
  people: {
    contain: [
      'Read the report that the alert names first: which files, who had a session, which commands ran, which window was open.',
      'If a deployment or a patch explains every file, do not contain: accept the state with the document of FileIntegrity, and name the change. Deployments should do so themselves.',
      'If a single file is unexplained, or the baseline was tampered with, approve.',
    ],
    collect: [
      'Keep the report, the state and the baseline: copy them from the bucket, for states are removed after 14 days.',
      'If the baseline was tampered with, read in CloudTrail who wrote to the bucket, and treat their login as stolen.',
    ],
    eradicate: ['Do not put single files right: replace the server. Find out how they were changed, and close that way.'],
    recover: [
      'Start a new server from a clean image: its first state becomes its baseline.',
      'If it was a false alarm, run the runbook with Mode Undo, accept the state, and leave the file out if it changes by itself.',
    ],
  },
};

const CRYPTO_MINING: Runbook = {
  family: RunbookFamily.CRYPTO_MINING,
  title: 'Crypto mining',
  summary: 'A server computes crypto currency for somebody else, at your expense.',
  signs: [
    'GuardDuty reports CryptoCurrency.',
    'The processor is fully used, or there are servers that nobody started, often large and in other Regions.',
  ],
  parameters: INSTANCE,
  look: [lookAtInstance],
  contain: [keepInstance, isolateInstance],
  collect: [
    snapshotInstance,
    lookUpEvents('CollectStarts', 'Read who started servers.', 'EventName', 'RunInstances'),
    lookUpEvents('CollectCallsOnInstance', 'Read which calls name the server.', 'ResourceName', '{{ InstanceId }}'),
  ],
  eradicate: [stopInstance],
  recover: [checkInstance],
  people: {
    contain: ['Look at every Region for servers, containers and functions that nobody knows.'],
    collect: ['Write down the cost: the bill shows from when on.'],
    eradicate: [
      'If a stolen login started the servers, follow the runbook for stolen credentials. If a hole in a program let it in, close it.',
      'Terminate servers that were never yours.',
    ],
    recover: ['Lower the quotas of the account to what is needed, and set an alarm on cost.'],
  },
};

const COMPROMISED_CONTAINER: Runbook = {
  family: RunbookFamily.COMPROMISED_CONTAINER,
  title: 'Compromised container',
  summary: 'Somebody else controls a container of a service in Amazon ECS.',
  signs: [
    'GuardDuty reports a finding on an ECS or EKS cluster or a container: a shell, a new program, contact with a known bad address.',
  ],
  parameters: {
    Cluster: { type: 'String', description: 'The cluster.', allowedPattern: '^[A-Za-z0-9_-]{1,255}$' },
    Service: { type: 'String', description: 'The service.', allowedPattern: '^[A-Za-z0-9_-]{1,255}$' },
    FormerCount: {
      type: 'Integer',
      description: 'To undo: how many tasks the service had; the step LookAtService of the first run says so.',
      default: 1,
    },
  },
  look: [
    {
      name: 'LookAtService',
      title: 'Note how many tasks the service has, and from which definition.',
      service: 'ecs',
      api: 'DescribeServices',
      inputs: { cluster: '{{ Cluster }}', services: ['{{ Service }}'] },
      rights: { 'ecs:DescribeServices': [SERVICES] },
      outputs: {
        DesiredCount: ['$.services[0].desiredCount', 'Integer'],
        TaskDefinition: ['$.services[0].taskDefinition', 'String'],
      },
    },
  ],
  contain: [
    {
      name: 'StopService',
      title: 'Let the service run no task. What it serves is down.',
      service: 'ecs',
      api: 'UpdateService',
      inputs: { cluster: '{{ Cluster }}', service: '{{ Service }}', desiredCount: 0 },
      rights: { 'ecs:UpdateService': [SERVICES] },
      undo: {
        name: 'StartService',
        title: 'Let the service run as many tasks as before (FormerCount).',
        service: 'ecs',
        api: 'UpdateService',
        inputs: { cluster: '{{ Cluster }}', service: '{{ Service }}', desiredCount: '{{ FormerCount }}' },
        rights: { 'ecs:UpdateService': [SERVICES] },
      },
    },
  ],
  collect: [
    {
      name: 'CollectTasks',
      title: 'Note which tasks the service has stopped.',
      service: 'ecs',
      api: 'ListTasks',
      inputs: { cluster: '{{ Cluster }}', serviceName: '{{ Service }}', desiredStatus: 'STOPPED' },
      rights: { 'ecs:ListTasks': ['*'] },
      outputs: { TaskArns: ['$.taskArns', 'StringList'] },
    },
    lookUpEvents('CollectCallsOnService', 'Read which calls name the service.', 'ResourceName', '{{ Service }}'),
  ],
  eradicate: [],
  recover: [
    {
      name: 'CheckService',
      title: 'See that no task runs.',
      service: 'ecs',
      api: 'DescribeServices',
      inputs: { cluster: '{{ Cluster }}', services: ['{{ Service }}'] },
      rights: { 'ecs:DescribeServices': [SERVICES] },
      outputs: { RunningCount: ['$.services[0].runningCount', 'Integer'] },
    },
  ],
  people: {
    contain: [
      'If what is in memory matters, look into the task before it is stopped.',
      'In EKS, label the pod, deny its traffic by a network policy, and cordon its node; the node is a server: use the runbook for compromised instances.',
      'Treat the role of the task as stolen: quarantine it with the runbook for data exfiltration.',
    ],
    collect: ['Keep the logs of the service and the image by its digest.'],
    eradicate: ['Build the image anew from clean sources, and mend the hole that let somebody in. Never restart the same image.'],
    recover: ['Deploy the new image, then run the runbook with Mode Undo.'],
  },
};

/** Runbooks on servers and containers. */
export const HOST_RUNBOOKS: readonly Runbook[] = [COMPROMISED_INSTANCE, COMPROMISED_CONTAINER, CHANGED_FILES, CRYPTO_MINING];
