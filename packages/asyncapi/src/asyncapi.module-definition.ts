import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { AsyncApiModuleOptions } from './asyncapi.options.js';

/** `forRoot`, `forRootAsync` and the token of the options. */
export const {
  ConfigurableModuleClass: ConfigurableAsyncApiModule,
  MODULE_OPTIONS_TOKEN: ASYNCAPI_OPTIONS,
} = new ConfigurableModuleBuilder<AsyncApiModuleOptions>({ moduleName: 'AsyncApi' })
  .setClassMethodName('forRoot')
  .build();

/** Injection token of the checked options. */
export const ASYNCAPI_SETTINGS = Symbol('sluice asyncapi settings');
