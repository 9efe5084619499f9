// Juju's rules for names (juju/names, juju/charm meta.go and actions.go).

export interface NameRule {
  /** What a name must be, after "must be". */
  readonly expected: string;
  accepts(name: string): boolean;
}

// Juju has no bound of its own; this one keeps the patterns from running long.
const LONGEST = 128;

function rule(pattern: RegExp, expected: string): NameRule {
  return { expected, accepts: (name) => name.length <= LONGEST && pattern.test(name) };
}

const WORDS = /^[a-z][a-z0-9]*(?:-[a-z0-9]*[a-z][a-z0-9]*)*$/;
const WORDS_EXPECTED =
  'lower-case letters and digits in words joined by "-", each word with a letter, the first beginning with one';

/** Charmhub takes 40 characters. */
export const charmName: NameRule = {
  expected: `${WORDS_EXPECTED}; at most 40 characters`,
  accepts: (name) => name.length <= 40 && WORDS.test(name),
};
export const storageName: NameRule = rule(WORDS, WORDS_EXPECTED);

export const endpointName: NameRule = rule(
  /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/,
  'lower-case letters and digits in words joined by "-" or "_", beginning with a letter',
);

export const actionName: NameRule = rule(
  /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
  'lower-case letters, digits and "-", beginning and ending with a letter or digit',
);

/** Kubernetes' rule for the name of a container. */
export const containerName: NameRule = rule(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  'at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit',
);

/** What Juju itself leaves open, but its command line takes as `name=value`. */
export const anyName: NameRule = rule(/^[^\s=]+$/, 'a text without spaces and "="');

/** Of a license agreement: `name`, `owner/name`, each perhaps with a revision, as `name/27`. */
export const term: NameRule = rule(
  /^(?:[a-z](?:-?[a-z0-9])+:)?(?:[a-zA-Z0-9][a-zA-Z0-9.+-]*[a-zA-Z0-9]\/)?[a-z](?:-?[a-z0-9])+(?:\/\d{1,9})?$/,
  'a term such as lorem-ipsum, owner/lorem-ipsum or lorem-ipsum/27',
);

/** Whether Juju keeps the name of an endpoint, interface or action for itself. Its own charms may use it. */
export function isReserved(name: string, charm: unknown): boolean {
  if (typeof charm === 'string' && charm.startsWith('juju-')) return false;
  return name === 'juju' || name.startsWith('juju-');
}
