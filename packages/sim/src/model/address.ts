// Each unit has its own loopback address, so that many units of one workload run on one machine with the same port.

/** 127.M.A.U: M from the model's UUID, A the application's index, U from the unit's number. Unique below 256 applications of 254 units. */
export function unitAddress(modelUuid: string, application: number, unit: number): string {
  const model = 16 + (Number.parseInt(modelUuid.replaceAll('-', '').slice(0, 6), 16) % 200);
  return `127.${model}.${application % 256}.${(unit % 254) + 1}`;
}
