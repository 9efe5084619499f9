"""Typed data: configuration, parameters of actions and relation data, with what does not fit."""

import ops


class Settings:
    def __init__(self, port: int, log_level: str = "info"):
        if port < 1024:
            raise ValueError("port is too low")
        self.port = port
        self.log_level = log_level


class Backup:
    def __init__(self, name: str):
        if " " in name:
            raise ValueError("name has a space")
        self.name = name


class Login:
    user: str
    roles: list
    limit: int

    def __init__(self, user: str, roles: list, limit: int = 0):
        self.user = user
        self.roles = roles
        self.limit = limit


class SchemasCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.config_changed, self._on_config_changed)
        framework.observe(self.on.backup_action, self._on_backup)
        framework.observe(self.on.db_relation_changed, self._on_db_changed)

    def _on_config_changed(self, _event: ops.ConfigChangedEvent):
        settings = self.load_config(Settings, errors="blocked")
        self.unit.status = ops.ActiveStatus(f"{settings.port} {settings.log_level}")

    def _on_backup(self, event: ops.ActionEvent):
        params = event.load_params(Backup, errors="fail")
        event.set_results({"file": f"{params.name}.tar"})

    def _on_db_changed(self, event: ops.RelationChangedEvent):
        login = event.relation.load(Login, event.app)
        event.relation.save(Login(login.user.upper(), login.roles[:1], login.limit + 1), self.app)


if __name__ == "__main__":
    ops.main(SchemasCharm)
