export const META = {
  name: 'web',
  storage: { data: { type: 'filesystem', multiple: { range: '1-4' } } },
  config: { options: { port: { type: 'int', default: 1 } } },
} as const;
