/** A property that fails has noticed the mutant: to look for the smallest sequence that does takes longer than all else. */
import fc from 'fast-check';

fc.configureGlobal({ endOnFailure: true });
