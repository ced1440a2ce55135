import { CHECKLIST_PAGES } from './checklist';
import { CONTROLS_FOLDERS } from './controls';
import { CSV } from './csv';
import { DIAGRAM } from './diagram';
import { FIREWALL } from './firewall';
import { HTML } from './html';
import { JUNIT } from './junit';
import { LEDGER } from './ledger';
import { OPERATING } from './operating';
import { OSCAL } from './oscal';
import { PDF } from './pdf';
import type { Renderer } from './renderer';
import { SARIF } from './sarif';
import { SERVER_ACCESS } from './server-access';
import { XLSX } from './xlsx';

/** Everything that can be rendered, in the order in which it is. */
export const RENDERERS: readonly Renderer[] = [
  LEDGER,
  HTML,
  CHECKLIST_PAGES,
  DIAGRAM,
  FIREWALL,
  SERVER_ACCESS,
  PDF,
  XLSX,
  CSV,
  CONTROLS_FOLDERS,
  OPERATING,
  SARIF,
  JUNIT,
  OSCAL,
];
