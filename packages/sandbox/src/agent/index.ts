// `@charmed/sandbox/agent`: the unit agent's side of hook commands, for those who run charms without a controller.

export { installHookCommands } from './hook-commands.ts';
export { serveJujuc, type JujucServer, type JujucServerOptions } from './jujuc-server.ts';
