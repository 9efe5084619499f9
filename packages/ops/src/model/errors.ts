// What the model throws that a charm can react to.

import { ModelError } from '../errors.ts';

/** The data of a relation cannot be read or written. */
export class RelationDataError extends ModelError {}

/** The data of a relation may not be read or written by this unit. */
export class RelationDataAccessError extends RelationDataError {
  constructor(message: string) {
    super('relation-data-access', message);
  }
}

/** The data of a relation is text, and what was to be written is not. */
export class RelationDataTypeError extends RelationDataError {
  constructor(message: string) {
    super('relation-data-type', message);
  }
}

/** A status is one that only Juju sets. */
export class InvalidStatusError extends ModelError {
  constructor(message: string) {
    super('invalid-status', message);
  }
}

/** An endpoint has more than one relation where one was asked for. */
export class TooManyRelatedAppsError extends ModelError {
  readonly endpoint: string;
  /** How many relations it has. */
  readonly count: number;

  constructor(endpoint: string, count: number) {
    super(
      'too-many-related-apps',
      `cannot choose a relation of ${endpoint}: it has ${count}. Use model.relations(${JSON.stringify(endpoint)}).`,
    );
    this.endpoint = endpoint;
    this.count = count;
  }
}

/** Data does not fit the schema that it was loaded or saved with. */
export class ValidationError extends ModelError {
  /** One line for each thing that is wrong. */
  readonly issues: readonly string[];

  constructor(what: string, issues: readonly string[]) {
    super('invalid-data', `cannot load ${what}: ${issues.join('; ')}`);
    this.issues = issues;
  }
}
