import type { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { only } from '../helpers/construct';
import { injected } from '../helpers/injected';
import { changes, replacing } from '../helpers/replacement';

const cluster = (props?: ecs.ClusterProps) => (stack: Stack) => new ecs.Cluster(stack, 'Cluster', props);

const settings = (props?: ecs.ClusterProps) =>
  only({ template: injected(cluster(props)) }, 'AWS::ECS::Cluster').Properties.ClusterSettings;

describe('a plain cluster in an app with Soc2.enable', () => {
  test('has Container Insights', () => expect(settings()).toEqual([{ Name: 'containerInsights', Value: 'enabled' }]));

  test('keeps what the app sets', () => {
    expect(settings({ containerInsightsV2: ecs.ContainerInsights.ENHANCED })).toEqual([
      { Name: 'containerInsights', Value: 'enhanced' },
    ]);
    expect(settings({ containerInsights: false })).toEqual([{ Name: 'containerInsights', Value: 'disabled' }]);
  });

  test('is not replaced', () => {
    const all = changes(injected(cluster(), { enable: false }), injected(cluster()));
    expect(all).not.toEqual([]);
    expect(replacing(all)).toEqual([]);
  });
});
