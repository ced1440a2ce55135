import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { job, task } from '../shared/container-examples';
import { CONTAINER_TYPES, containersOf } from '../shared/containers';
import { withParameter } from '../shared/iam-examples';

/** Each of these alone is a way out of the container. */
const TOO_MUCH = ['ALL', 'SYS_ADMIN', 'SYS_MODULE'];
const adding = (...Add: string[]) => ({ LinuxParameters: { Capabilities: { Add } } });

export default defineRule({
  id: 'ECS.2',
  slug: 'ecs-no-privileged',
  title: 'Containers do not run with the rights of their host',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: CONTAINER_TYPES,
  rationale: 'Whoever breaks into a privileged container has the host, and every other container and credential on it.',
  remediation: 'Remove `privileged`, and add to `linuxParameters` only the capabilities that the program needs.',
  references: ['Security Hub ECS.4', 'AWS Config ECS_CONTAINERS_NONPRIVILEGED', 'Control Tower CT.ECS.PR.11', 'NIST 800-53 AC-6'],
  check: (resource) =>
    containersOf(resource).flatMap((container) => [
      ...container.at('Privileged').mustBe(false, { absent: '' }),
      ...container
        .at('LinuxParameters.Capabilities.Add')
        .items()
        .flatMap((each) =>
          each.must('a capability that does not open the host', ({ string }) => !TOO_MUCH.includes(string ?? '')),
        ),
    ]),
  examples: {
    pass: {
      'nothing is mentioned': task({}),
      'privileged mode is off': task({ Privileged: false }),
      'a harmless capability is added': task(adding('NET_BIND_SERVICE')),
      'a job of Batch is not privileged': job({ Privileged: 'false' }),
    },
    fail: {
      'a container is privileged': task({ Privileged: true }),
      'the second container is privileged': task({}, { Privileged: 'true' }),
      'every capability is added': task(adding('ALL')),
      'a job of Batch is privileged': job({ Privileged: true }),
    },
    undetermined: { 'privileged mode is a parameter': withParameter('Mode', task({ Privileged: { Ref: 'Mode' } })) },
  },
});
