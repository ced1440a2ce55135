import type { Observation } from '../../model/observation';
import { patternOf, type Reading, type Statement } from '../../model/policy';
import type { Resource } from '../../model/resource';
import { forbid } from './iam-grants';

/** Findings on statements that allow every action of a service on every resource of it. */
export function forbidFullService(resource: Resource): Observation[] {
  return forbid(resource, 'the actions that are needed, or named resources', (statement, reading) => {
    const services = fullServices(statement, reading);
    return services.length === 0 ? undefined : `the statement allows every action of ${services.join(' and ')} on every resource`;
  });
}

function fullServices(statement: Statement, reading: Reading): string[] {
  const reaches = (service: string) => statement.allowsOnEvery(`${service}:any`, `${service}:AnyAction`, reading);
  if (statement.notActions.length > 0) return reaches('any-service') ? ['every service that it does not name'] : [];
  return statement.actions.flatMap((action) => {
    const pattern = patternOf(action, reading);
    const [, service] = /^([^:*?]*):\*+$/.exec(pattern) ?? [];
    if (service !== undefined) return reaches(service) ? [`'${action.text.replace(/:\*+$/, '')}'`] : [];
    if (!/^[*:]+$/.test(pattern)) return [];
    if (reaches('any-service')) return ['every service'];
    const named = statement.resources.map((resource) => patternOf(resource, reading).split(':')[2] ?? '');
    return [...new Set(named)].filter((name) => isService(name) && reaches(name)).map((name) => `'${name}'`);
  });
}

function isService(name: string): boolean {
  return /^[a-z0-9-]+$/.test(name);
}
