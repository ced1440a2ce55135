import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LINUX_AGENT, WINDOWS_AGENT } from '../../src/hosts/agent-configuration';
import { AGENT_DOCUMENT } from '../../src/hosts/agent-document';
import { commandErrors } from './ssm-documents';

test('the document that installs the agent follows the documentation of command documents', () => {
  expect(commandErrors(AGENT_DOCUMENT)).toEqual([]);
});

test.each<[string, object]>([
  ['an unknown plugin', { action: 'aws:runAnything', name: 'step', inputs: {} }],
  [
    'an input that a plugin does not know',
    { action: 'aws:configurePackage', name: 'step', inputs: { name: 'A', action: 'Install', force: true } },
  ],
  ['a step without a name', { action: 'aws:runShellScript', inputs: { runCommand: ['ls'] } }],
  ['a script without commands', { action: 'aws:runShellScript', name: 'step', inputs: {} }],
])('the schema would find %s', (_, step) => {
  expect(commandErrors({ schemaVersion: '2.2', mainSteps: [step] })).not.toEqual([]);
});

test('nothing in a script looks like a parameter of the document, which has none', () => {
  const scripts = AGENT_DOCUMENT.mainSteps.flatMap(({ inputs }) => ('runCommand' in inputs ? [...inputs.runCommand] : []));
  expect(scripts.join('\n')).not.toMatch(/\{\{/);
});

test('metrics are published by server and by group, in the namespace that the role may publish in', () => {
  for (const { metrics } of [LINUX_AGENT, WINDOWS_AGENT]) {
    expect(metrics.namespace).toBe('Soc2/Hosts');
    expect(metrics.aggregation_dimensions).toEqual([['InstanceId'], ['AutoScalingGroupName']]);
  }
});

describe('the script for Linux', () => {
  const [, { inputs }] = AGENT_DOCUMENT.mainSteps;
  const script = (inputs as { runCommand: readonly string[] }).runCommand.join('\n');
  let home: string;
  const agent = () => join(home, 'agent');
  const calls = () => (existsSync(join(home, 'calls')) ? readFileSync(join(home, 'calls'), 'utf8').trim().split('\n') : []);

  const program = (path: string, content: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${content}\n`);
    chmodSync(path, 0o755);
  };
  const run = () =>
    spawnSync('sh', ['-c', script.replace('/opt/aws/amazon-cloudwatch-agent', agent())], {
      encoding: 'utf8',
      env: { PATH: `${join(home, 'bin')}:${process.env.PATH}` },
    });
  const isRunning = (running: boolean) => program(join(home, 'bin', 'systemctl'), `exit ${running ? 0 : 3}`);

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'cdk-soc2-agent-'));
    mkdirSync(join(agent(), 'etc', 'amazon-cloudwatch-agent.d'), { recursive: true });
    program(join(agent(), 'bin', 'amazon-cloudwatch-agent-ctl'), `echo "$@" >> '${home}/calls'`);
    isRunning(false);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  test('gives the agent its configuration and starts it', () => {
    expect(run()).toMatchObject({ status: 0, stderr: '' });
    const file = join(agent(), 'etc', 'soc2-hosts.json');
    expect(calls()).toEqual([`-a fetch-config -m ec2 -s -c file:${file}`]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(LINUX_AGENT);
  });

  test('adds it to one that an app has given the agent', () => {
    writeFileSync(join(agent(), 'etc', 'amazon-cloudwatch-agent.d', 'file_app.json'), '{}');
    run();
    expect(calls()[0]).toMatch(/^-a append-config /);
  });

  test('does nothing a second time, while the agent runs', () => {
    run();
    isRunning(true);
    expect(run().status).toBe(0);
    expect(calls()).toHaveLength(1);
  });

  test('starts the agent again when it has stopped, and when its configuration has changed', () => {
    run();
    run();
    expect(calls()).toHaveLength(2);
    isRunning(true);
    writeFileSync(join(agent(), 'etc', 'soc2-hosts.json'), '{}');
    run();
    expect(calls()).toHaveLength(3);
  });

  test('fails when the agent does not take it', () => {
    program(join(agent(), 'bin', 'amazon-cloudwatch-agent-ctl'), 'exit 7');
    expect(run().status).toBe(7);
  });
});
