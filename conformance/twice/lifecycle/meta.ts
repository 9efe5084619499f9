export const META = {
  name: 'web',
  config: {
    options: {
      name: { type: 'string', default: 'grüße' },
      port: { type: 'int', default: 8080 },
      ratio: { type: 'float', default: 1 },
      debug: { type: 'boolean', default: false },
    },
  },
} as const;
