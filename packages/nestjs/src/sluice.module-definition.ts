import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { SluiceOptions } from './options/sluice.options.js';

/** `forRoot`, `forRootAsync` and the token of the options. The module is global. */
export const {
  ConfigurableModuleClass: ConfigurableSluiceModule,
  MODULE_OPTIONS_TOKEN: SLUICE_OPTIONS,
} = new ConfigurableModuleBuilder<SluiceOptions>({ moduleName: 'Sluice' })
  .setClassMethodName('forRoot')
  .setExtras({}, (definition) => ({ ...definition, global: true }))
  .build();
