import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { job, task } from '../shared/container-examples';
import { CONTAINER_TYPES, containersOf, runsWindows } from '../shared/containers';
import { withParameter } from '../shared/iam-examples';

export default defineRule({
  id: 'ECS.5',
  slug: 'ecs-read-only-root',
  title: 'Containers cannot write to the file system they are started from',
  criteria: [Criterion.CC6_8, Criterion.CC7_1],
  control: 'file-integrity',
  // Many programs write to a temporary folder, which then has to be a volume.
  severity: 'info',
  resourceTypes: CONTAINER_TYPES,
  applies: (resource) => !runsWindows(resource),
  rationale:
    'An intruder who cannot write cannot put a tool or a changed program into the container; what runs is what was built.',
  remediation: 'Set `readonlyRootFilesystem: true` on the container, and mount a volume where the program must write.',
  references: ['Security Hub ECS.5', 'AWS Config ECS_CONTAINERS_READONLY_ACCESS', 'checkov CKV_AWS_336'],
  check: (resource) => containersOf(resource).flatMap((container) => container.at('ReadonlyRootFilesystem').mustBe(true)),
  examples: {
    pass: {
      'the file system is read-only': task({ ReadonlyRootFilesystem: true }),
      'the file system of a job of Batch is read-only': job({ ReadonlyRootFilesystem: 'true' }),
    },
    fail: {
      'it is not mentioned': task({}),
      'it is off for one of two containers': task({ ReadonlyRootFilesystem: true }, { ReadonlyRootFilesystem: false }),
    },
    undetermined: { 'it is a parameter': withParameter('Mode', task({ ReadonlyRootFilesystem: { Ref: 'Mode' } })) },
  },
});
