export const META = {
  name: 'web',
  provides: { site: { interface: 'http' } },
  config: { options: { ports: { type: 'string', default: '80' }, extra: { type: 'string', default: '-' } } },
} as const;
