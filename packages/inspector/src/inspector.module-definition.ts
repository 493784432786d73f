import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { InspectorOptions } from './inspector.options.js';

/** `forRoot`, `forRootAsync` and the token of the options. */
export const {
  ConfigurableModuleClass: ConfigurableInspectorModule,
  MODULE_OPTIONS_TOKEN: INSPECTOR_OPTIONS,
} = new ConfigurableModuleBuilder<InspectorOptions>({ moduleName: 'Inspector' })
  .setClassMethodName('forRoot')
  .build();

/** Injection token of the checked options. */
export const INSPECTOR_SETTINGS = Symbol('sluice inspector settings');
