import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';

/** Findings where the settings of a stage's access log lack a destination or a format: then nothing is written. */
export function mustLogAccess(settings: Value): Observation[] {
  if (settings.isAbsent) return [settings.fails('a destination and a format', 'the stage writes no access log')];
  const [destination, format] = [settings.at('DestinationArn'), settings.at('Format')];
  const isArn = destination.isKnown && !destination.text.startsWith('arn:');
  return [
    ...(isArn
      ? [destination.fails('the ARN of a log group or stream')]
      : destination.mustBeSet('the ARN of a log group or stream')),
    ...(typeof format.scalar === 'number' ? [format.fails('a format')] : format.mustBeSet('a format')),
  ];
}
