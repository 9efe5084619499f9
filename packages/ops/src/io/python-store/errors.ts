// What cannot be taken over from a Python charm.

import { OpsError } from '../../errors.ts';

/**
 * Codes: `bad-pickle` and `bad-yaml` for what is neither, `pickle-not-simple` for a pickle of something else than simple values, and
 * `no-json-image` for a simple value that JSON cannot hold.
 */
export class PythonValueError extends OpsError {
  constructor(code: 'bad-pickle' | 'pickle-not-simple' | 'bad-yaml' | 'no-json-image', reason: string) {
    super(code, `cannot read a value of Python: ${reason}`);
  }
}
