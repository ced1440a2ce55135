import { CSV } from './csv';
import { DIAGRAM } from './diagram';
import { FIREWALL } from './firewall';
import { HTML } from './html';
import { JUNIT } from './junit';
import { LEDGER } from './ledger';
import { PDF } from './pdf';
import type { Renderer } from './renderer';
import { SARIF } from './sarif';
import { XLSX } from './xlsx';

/** Everything that can be rendered, in the order in which it is. */
export const RENDERERS: readonly Renderer[] = [LEDGER, HTML, PDF, DIAGRAM, FIREWALL, XLSX, CSV, SARIF, JUNIT];
