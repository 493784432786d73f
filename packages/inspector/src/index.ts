export { InspectorModule } from './inspector.module.js';
export type { InspectorOptions } from './inspector.options.js';
export type {
  CommandForm,
  InspectorPanel,
  PanelAction,
  PanelColumn,
  PanelTable,
} from './inspector.panel.js';
export type { GuardVerdict, InspectorGuard } from './access/inspector-guard.js';
export { passwordGuard } from './access/password.guard.js';
