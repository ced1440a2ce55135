import { accessDrawing } from '../access/access-drawing';
import { serverAccessPage } from '../html/server-access-page';
import { pngOf } from '../network/png';
import { svgOf } from '../network/svg';
import { spokenTime } from '../text';
import type { Renderer } from './renderer';

const TITLE = 'How people reach production servers';

export const SERVER_ACCESS: Renderer = {
  format: 'access',
  what: 'the way to servers',
  async *render(evidence) {
    const { serverAccess } = evidence.input;
    const drawing = accessDrawing(serverAccess, TITLE, spokenTime(evidence.ledger.synthesis.time));
    const sets = serverAccess.permissionSets.filter(({ opensSessions }) => opensSessions !== 'no').map(({ name }) => name);
    const servers = serverAccess.servers.filter(({ isProduction }) => isProduction).map(({ name }) => name);
    const description =
      'A person signs in to IAM Identity Center with a second factor, takes a permission set ' +
      `(${sets.join(', ') || 'none in these templates'}), and opens a session of Session Manager on a production server ` +
      `(${servers.join(', ') || 'none in these templates'}).${serverAccess.sessions.length > 0 ? ' Sessions are logged.' : ''}`;
    const svg = svgOf(drawing, TITLE, description);
    yield { path: 'server-access.html', content: serverAccessPage(evidence, serverAccess, svg), isPage: true };
    yield { path: 'server-access.svg', content: svg };
    yield { path: 'server-access.png', content: await pngOf(svg) };
  },
};
