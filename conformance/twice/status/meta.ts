export const META = { name: 'web', config: { options: { level: { type: 'string', default: 'active' } } } } as const;
