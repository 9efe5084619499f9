// The id of a secret, which Juju and charms write in three ways: bare, `secret:<bare>` and `secret://<model>/<bare>`.

/** The way in which everybody finds it. A bare id, as Juju prints it in places, only means something in the model that it is of. */
export function canonicalId(id: string, modelUuid: string): string {
  const trimmed = id.trim();
  if (trimmed.startsWith('secret:')) return trimmed;
  return modelUuid ? `secret://${modelUuid}/${trimmed}` : `secret:${trimmed}`;
}

/** The part that no other secret has, in any model. */
export function bareId(id: string): string {
  return id.replace(/^secret:/, '').replace(/^.*\//, '');
}
