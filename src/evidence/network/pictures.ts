import type { Assembly } from '../../model/assembly';
import { spokenTime } from '../text';
import type { Drawing } from './drawing';
import { drawioPage } from './drawio';
import { layout } from './layout';
import { mapOf } from './map-system';
import { overviewLayout } from './overview-layout';
import type { Picture } from './picture';
import { svgOf } from './svg';
import { INTERNET, type SystemMap } from './system-map';

const ORDER = ['PRODUCTION', undefined, 'STAGING', 'DEVELOPMENT'];

/** Draw what assemblies describe: an overview where there are several environments, and a page for each. */
export function picturesOf(assemblies: readonly Assembly[], time: string): Picture[] {
  const maps = assemblies
    .flatMap((assembly) => assembly.environments.map((environment) => mapOf(assembly, environment)))
    .sort((a, b) => duty(a) - duty(b) || rank(a) - rank(b) || compare(a.environment.id, b.environment.id));
  const asOf = spokenTime(time);
  const [only] = maps;
  if (!only) return [];
  if (maps.length === 1) return [pictureOf('network-diagram', only.title, describe(only), layout(only, asOf))];
  const overview = pictureOf('network-diagram', 'Overview', describeAll(maps), overviewLayout(maps, asOf));
  const used = new Set<string>();
  const pages = maps.map((map) => {
    const name = fileOf(`${map.title}-${map.environment.id.replace('aws://', '')}`);
    let unique = name;
    for (let number = 2; used.has(unique); number++) unique = `${name}-${number}`;
    used.add(unique);
    return pictureOf(`network/${unique}`, `${map.title}, ${map.place}`, describe(map), layout(map, asOf));
  });
  return [overview, ...pages];
}

function pictureOf(file: string, title: string, description: string, drawing: Drawing): Picture {
  return {
    file,
    title,
    description,
    svg: svgOf(drawing, title, description),
    cells: drawioPage(drawing, title),
    drawing,
  };
}

function rank({ environment: { declared } }: SystemMap): number {
  return Math.min(...(declared.length === 0 ? [1] : declared.map(({ kind }) => ORDER.indexOf(kind))));
}

/** What serves users comes before what only watches over it. */
function duty({ nodes }: SystemMap): number {
  return nodes.length > 0 ? 0 : 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function fileOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80) || 'environment'
  );
}

/** The picture in words, for those who do not see it. */
function describe({ title, place, nodes, links }: SystemMap): string {
  const titles = new Map(nodes.map((node) => [node.id, node.title]));
  const name = (id: string) => (id === INTERNET ? 'the internet' : (titles.get(id) ?? id).toLowerCase());
  const said = links.map(({ from, to, label }) => `${name(from)} to ${name(to)} (${label})`);
  const boxes = nodes.map((node) => node.title).join(', ');
  return `${title}, ${place}. ${boxes === '' ? 'Nothing that is drawn.' : `It has: ${boxes}.`} Connections: ${said.length === 0 ? 'none' : said.join('; ')}.`;
}

function describeAll(maps: readonly SystemMap[]): string {
  return `${maps.length} environments: ${maps.map(({ title, place }) => `${title} (${place})`).join('; ')}.`;
}
