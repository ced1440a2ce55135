import { instanceSince } from '../../src/functions/instance-since';

const [MADE, LATER, STARTED] = ['2026-01-01', '2026-02-01', '2026-11-20'].map((day) => new Date(`${day}T00:00:00Z`));
const volume = (AttachTime?: Date) => ({ DeviceName: '/dev/xvda', Ebs: { VolumeId: 'vol-1', AttachTime } });
const card = (AttachTime?: Date) => ({ NetworkInterfaceId: 'eni-1', Attachment: { DeviceIndex: 0, AttachTime } });

test.each([
  ['when its root volume was attached', { BlockDeviceMappings: [volume(LATER), volume(MADE)] }],
  ['when its network interface was attached', { NetworkInterfaces: [card(MADE), card(LATER)] }],
  [
    'when the first of both was, for a root volume may be replaced',
    { BlockDeviceMappings: [volume(LATER)], NetworkInterfaces: [card(MADE)] },
  ],
])('an instance that was stopped and started exists since %s', (_, attached) => {
  expect(instanceSince({ LaunchTime: STARTED, ...attached })).toEqual(MADE);
});

test.each([
  ['nothing is attached', { LaunchTime: STARTED }],
  [
    'nobody says when something was attached',
    { LaunchTime: STARTED, BlockDeviceMappings: [volume(), {}], NetworkInterfaces: [card(), {}] },
  ],
])('where %s, its launch counts', (_, instance) => {
  expect(instanceSince(instance)).toEqual(STARTED);
});

test('where nobody knows, nothing is said', () => {
  expect(instanceSince({})).toBeUndefined();
});
