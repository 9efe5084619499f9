// What charmcraft and Juju take and `charmed check` refuses, on purpose: each by what it says then.

export const stricter: Readonly<Record<string, RegExp>> = {
  'a required parameter that is not declared, so that nobody can give it where other parameters are refused':
    /required\[\d+\] names .*, which is not there/,
  'names of endpoints, containers and storages that Juju or Kubernetes refuse when the charm is deployed':
    /: its name must be /,
  'a charm of a name that begins with a digit, or has a word of digits alone, which is no name of an application':
    /^name must be /,
  'a text that is empty': / must be .*; found ""$/,
  'a number, true or false where a text is meant': / must be .*; found (?:-?[\d.]+|true|false)$/,
  'a number in quotes': / must be an? (?:integer|count).*; found "/,
  'a type that is there and has no value': /type is missing$/,
  'a base other than Ubuntu, which Juju refuses in the manifest': /^base must be /,
  'a charm for no platform': /^platforms must be a mapping with at least one/,
  'addresses that charmcraft repairs': /^links\..* must be an address/,
  'an unknown type in a list of types, which Juju overlooks': /\.type\[\d+\] must be one of/,
  'regular expressions that JavaScript cannot read, in which tests and the sandbox would stop':
    /pattern must be a regular expression/,
};
