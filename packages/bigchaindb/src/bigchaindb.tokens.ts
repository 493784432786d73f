import type { InjectionToken } from '@nestjs/common';
import type { BigchaindbExtras, BigchaindbOptions } from './bigchaindb.options.js';

/** Injects the options of `BigchaindbModule`. */
export const BIGCHAINDB_OPTIONS: InjectionToken<BigchaindbOptions> = Symbol('BIGCHAINDB_OPTIONS');

/** Injects what of the module is mounted. */
export const BIGCHAINDB_EXTRAS: InjectionToken<Required<BigchaindbExtras>> =
  Symbol('BIGCHAINDB_EXTRAS');
