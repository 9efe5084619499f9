// Units and applications as everybody may see them. What only their own charm may do is in own-unit.ts and own-application.ts.

/** An application of this model, or of another one that is related to it. */
export class Application {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

export class Unit {
  /** Such as `web/0`. */
  readonly name: string;
  readonly app: Application;

  constructor(name: string, app: Application = new Application(applicationOf(name))) {
    this.name = name;
    this.app = app;
  }
}

/** The application that a unit belongs to, by its name. */
export function applicationOf(unitName: string): string {
  return unitName.slice(0, unitName.lastIndexOf('/'));
}
