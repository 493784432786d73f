export { SteppedClock } from '@sluice/engine/testing';
