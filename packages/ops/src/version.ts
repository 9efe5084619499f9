// Which release of this library a charm runs on.

export const VERSION = '0.1.0';
