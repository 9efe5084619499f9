export const META = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  config: { options: { port: { type: 'int', default: 8080 }, 'log-level': { type: 'string', default: 'info' } } },
  actions: { backup: {} },
} as const;
