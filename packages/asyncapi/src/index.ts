export { AsyncApiModule } from './asyncapi.module.js';
export type { AsyncApiModuleOptions } from './asyncapi.options.js';
export type { AsyncApiDocument } from './document/asyncapi-document.js';
export { createAsyncApiDocument } from './document/create-document.js';
export type { DocumentOptions } from './document/document.options.js';
export { toYaml } from './document/to-yaml.js';
export { renderPage } from './page/render-page.js';
