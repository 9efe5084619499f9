export const META = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  config: { options: { port: { type: 'int', default: 1 } } },
} as const;
