export const META = { name: 'web', storage: { data: { type: 'filesystem' } } } as const;
