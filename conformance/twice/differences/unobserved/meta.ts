export const META = { name: 'web', config: { options: { port: { type: 'int', default: 1 } } } } as const;
