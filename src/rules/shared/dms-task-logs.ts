import type { JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { fromJsonText } from './json-text';

/** What moves data in DMS, and where its settings are, as a text or as an object. */
export const DMS_TASKS: Readonly<Record<string, string>> = {
  'AWS::DMS::ReplicationConfig': 'ReplicationSettings',
  'AWS::DMS::ReplicationTask': 'ReplicationTaskSettings',
};

const ENOUGH = ['LOGGER_SEVERITY_DEFAULT', 'LOGGER_SEVERITY_DEBUG', 'LOGGER_SEVERITY_DETAILED_DEBUG'];

/** Expect a task to log what some of its components do; a component that is not listed logs at the default level. */
export function mustLog(task: Resource, components: readonly string[]): Observation[] {
  const logging = settingsOf(task).at('Logging');
  const findings = logging.at('EnableLogging').mustBe(true);
  if (findings.length > 0) return findings;
  const listed = logging.at('LogComponents');
  return components.flatMap((component) => listed.pick('Id', component).at('Severity').mustBe(ENOUGH, { absent: '' }));
}

function settingsOf(task: Resource): Value {
  return task.at(DMS_TASKS[task.type]).once(fromJsonText);
}

/** Examples of a rule about the log of some components. */
export function taskLogExamples([component]: readonly string[], other: string) {
  const task = (settings: JsonObject) => ({
    Task: {
      Type: 'AWS::DMS::ReplicationTask',
      Properties: { MigrationType: 'cdc', ReplicationTaskSettings: JSON.stringify(settings) },
    },
  });
  const logging = (Id: string, Severity: string) => task({ Logging: { EnableLogging: true, LogComponents: [{ Id, Severity }] } });
  const replication = (Logging: JsonObject) => ({
    Replication: {
      Type: 'AWS::DMS::ReplicationConfig',
      Properties: { ReplicationType: 'cdc', ReplicationSettings: { Logging } },
    },
  });
  return {
    pass: {
      'the component logs': logging(component, 'LOGGER_SEVERITY_DEFAULT'),
      'the component logs more than it has to': logging(component, 'LOGGER_SEVERITY_DETAILED_DEBUG'),
      'all components log': task({ Logging: { EnableLogging: true } }),
      'only another component logs less': logging(other, 'LOGGER_SEVERITY_ERROR'),
      'a serverless replication logs': replication({ EnableLogging: true }),
    },
    fail: {
      'there are no settings': { Task: { Type: 'AWS::DMS::ReplicationTask', Properties: { MigrationType: 'cdc' } } },
      'logs are off': task({ Logging: { EnableLogging: false } }),
      'the component logs errors only': logging(component, 'LOGGER_SEVERITY_ERROR'),
      'a serverless replication does not log': replication({ EnableLogging: false }),
    },
    undetermined: {
      'whether the task logs is a parameter': {
        Parameters: { Log: { Type: 'String' } },
        Resources: {
          Task: {
            Type: 'AWS::DMS::ReplicationTask',
            Properties: { ReplicationTaskSettings: { 'Fn::Sub': '{"Logging":{"EnableLogging":${Log}}}' } },
          },
        },
      },
    },
  };
}
