// The workload: a web server that greets. It is here so that the charm has something to run; yours comes in its place.
// It runs beside the charm and not in it, with Node alone.

import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { address: { type: 'string' }, port: { type: 'string' }, version: { type: 'boolean' } },
});
const { address, port } = values;
const greeting = process.env.GREETING ?? 'Hello';

if (values.version) console.log('1.0.0');
else serve();

function serve() {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; charset=utf-8').end(`${greeting} from my-charm\n`);
  });
  server.on('error', (error) => {
    console.error(`cannot listen on ${address}:${port}: ${error.message}`);
    process.exit(1);
  });
  server.listen(Number(port), address);
}
