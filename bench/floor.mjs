// The least that a dispatch can be: one hook command on a socket, without a framework. What it sends was recorded once.

import { connect } from 'node:net';

const socket = connect(process.env.JUJU_AGENT_SOCKET_ADDRESS);
socket.on('data', () => process.exit(0));
socket.write(Buffer.from(process.env.FLOOR_REQUEST, 'base64'));
