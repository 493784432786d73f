import type { InspectorPanel } from '@sluice/inspector';
import type { DialectName } from '../config/sample-config.js';

/** What the inspector shows of each chain, and the buttons that drive it: the paths of `/control`. */
export const SAMPLE_PANELS: Readonly<Record<DialectName, InspectorPanel>> = {
  hathor: {
    title: 'Hathor',
    status: '/control/hathor',
    actions: [
      { title: 'Mine', url: '/control/hathor/mine', body: { blocks: 1 } },
      { title: 'Transfer', url: '/control/hathor/transfer', body: { amount: 100 } },
      { title: 'Reorg', url: '/control/hathor/reorg', body: { depth: 2 } },
      { title: 'Double spend', url: '/control/hathor/double-spend', body: { twin: false } },
      {
        title: 'Create a token',
        url: '/control/hathor/token',
        body: { name: 'Sluice coin', symbol: 'SLC', amount: 1000 },
      },
      {
        title: 'Publish an event',
        url: '/control/hathor/event',
        body: { type: 'node.crashed', data: {} },
      },
      { title: 'Set the pace', url: '/control/hathor/pace', body: { pace: '5s' } },
      { title: 'Pause', url: '/control/hathor/pause' },
      { title: 'Resume', url: '/control/hathor/resume' },
    ],
    table: {
      title: 'Latest blocks',
      url: '/control/hathor/blocks',
      columns: [
        ['height', 'Height', 'number'],
        ['hash', 'Hash'],
        ['timestamp', 'Time', 'time'],
        ['weight', 'Weight', 'number'],
        ['reward', 'Reward', 'number'],
      ],
    },
  },
  nano: {
    title: 'Nano',
    status: '/control/nano',
    actions: [
      { title: 'Send', url: '/control/nano/send', body: { amount: '1000' } },
      { title: 'Fork', url: '/control/nano/fork' },
      { title: 'Step', url: '/control/nano/step' },
      { title: 'Set the pace', url: '/control/nano/pace', body: { pace: '5s' } },
      { title: 'Pause', url: '/control/nano/pause' },
      { title: 'Resume', url: '/control/nano/resume' },
    ],
  },
  lighthouse: {
    title: 'Lighthouse',
    status: '/control/lighthouse',
    actions: [
      {
        title: 'Let slots go by',
        url: '/control/lighthouse/slot',
        body: { slots: 1, empty: false },
      },
      { title: 'Reorg', url: '/control/lighthouse/reorg', body: { depth: 1 } },
      { title: 'Finalise', url: '/control/lighthouse/finalise' },
      { title: 'Set the pace', url: '/control/lighthouse/pace', body: { pace: '12s' } },
      { title: 'Pause', url: '/control/lighthouse/pause' },
      { title: 'Resume', url: '/control/lighthouse/resume' },
    ],
  },
  bigchaindb: {
    title: 'BigchainDB',
    status: '/control/bigchaindb',
    actions: [
      { title: 'Make a block', url: '/control/bigchaindb/block', body: { create: 2, transfer: 1 } },
      { title: 'Step', url: '/control/bigchaindb/step' },
      { title: 'Set the pace', url: '/control/bigchaindb/pace', body: { pace: '5s' } },
      { title: 'Pause', url: '/control/bigchaindb/pause' },
      { title: 'Resume', url: '/control/bigchaindb/resume' },
    ],
  },
  basalt: {
    title: 'Basalt',
    status: '/control/basalt',
    actions: [
      { title: 'Mine', url: '/control/basalt/mine', body: { blocks: 1 } },
      { title: 'Reorg', url: '/control/basalt/reorg', body: { depth: 1 } },
      { title: 'Set the pace', url: '/control/basalt/pace', body: { pace: '2s' } },
      { title: 'Pause', url: '/control/basalt/pause' },
      { title: 'Resume', url: '/control/basalt/resume' },
    ],
  },
};
