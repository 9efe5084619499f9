// Counters of services and checks, in the text format of OpenMetrics.

import { readAnswer } from './body.ts';
import { PebbleProtocolError } from './errors.ts';
import { answerFrom, mediaType } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export async function getMetrics(transport: PebbleTransport): Promise<string> {
  const response = await transport.request({ method: 'GET', path: '/v1/metrics' });
  // No metrics have no type.
  if (response.status === 200 && ['text/plain', ''].includes(mediaType(response))) return readAnswer(response.body);
  await answerFrom(response, 'get metrics');
  throw new PebbleProtocolError(`cannot get metrics: Pebble answered with ${mediaType(response) || 'no content type'}`);
}
