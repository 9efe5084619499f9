"""A value with several fields and characters beyond ASCII, saved as JSON."""

import ops


class Login:
    user: str
    roles: list

    def __init__(self, user: str, roles: list):
        self.user = user
        self.roles = roles


class RelationSaveCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.db_relation_created, self._on_created)

    def _on_created(self, event: ops.RelationCreatedEvent):
        event.relation.save(Login("ü", ["reader", "writer"]), self.app)


if __name__ == "__main__":
    ops.main(RelationSaveCharm)
