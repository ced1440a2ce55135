import { SSMClient } from '@aws-sdk/client-ssm';
import { readPatches } from '../../src/hosts/overdue-patches/read-patches';
import { scriptedAnswers } from '../helpers/scripted-answers';

describe('through the client of the function', () => {
  test('throttling only slows it down', async () => {
    const servers = { InstanceInformationList: [{ InstanceId: 'i-1', PingStatus: 'Online' }] };
    const { options, requests } = scriptedAnswers([
      'ThrottlingException',
      servers,
      'ThrottlingException',
      { ResourceComplianceSummaryItems: [] },
    ]);
    const reading = await readPatches(new SSMClient(options), () => true);
    expect(reading.problem).toBeUndefined();
    expect([...reading.servers.keys()]).toEqual(['i-1']);
    expect(requests).toHaveLength(4);
  });

  test('what is not allowed is not tried again', async () => {
    const { options, requests } = scriptedAnswers(['AccessDeniedException']);
    expect((await readPatches(new SSMClient(options), () => true)).problem).toContain('AccessDeniedException');
    expect(requests).toHaveLength(1);
  });
});
