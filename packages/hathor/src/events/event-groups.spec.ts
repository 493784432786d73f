import { describe, expect, it } from '@jest/globals';
import { EventGroups } from './event-groups.js';

describe('EventGroups', () => {
  it('counts from 0', () => {
    const groups = EventGroups.from({});
    expect(groups.current).toBeNull();
    expect(groups.started().current).toBe(0);
    expect(groups.started().finished().current).toBeNull();
    expect(groups.started().finished().started().current).toBe(1);
  });

  it('stays what it is: an event that is not stored changes no group', () => {
    const groups = EventGroups.from({});
    groups.started();
    expect(groups.current).toBeNull();
    expect(groups.started().current).toBe(0);
  });

  it('goes on from its marks, inside a group or outside', () => {
    const open = EventGroups.from({}).started().finished().started();
    expect(EventGroups.from(open.marks).current).toBe(1);
    const closed = EventGroups.from(open.finished().marks);
    expect(closed.current).toBeNull();
    expect(closed.started().current).toBe(2);
  });

  it('does not nest, and does not finish what is not open', () => {
    const open = EventGroups.from({}).started();
    expect(() => open.started()).toThrow('group 0 is still open');
    expect(() => open.finished().finished()).toThrow('none is open');
  });
});
