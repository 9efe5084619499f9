"""Secrets of its own: added, granted, changed, rotated, revoked and removed. And one of another application, which it follows."""

import ops


class SecretsCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.db_relation_created, self._on_created)
        framework.observe(self.on.db_relation_changed, self._on_changed)
        framework.observe(self.on.config_changed, self._on_config_changed)
        framework.observe(self.on.secret_changed, self._on_secret_changed)
        framework.observe(self.on.secret_remove, self._on_secret_remove)
        framework.observe(self.on.update_status, self._on_update_status)

    def _on_created(self, event: ops.RelationCreatedEvent):
        login = self.app.add_secret(
            {"user": "web", "pass-word": "first\nline"},
            label="login",
            description="how to log in",
            rotate=ops.SecretRotate.DAILY,
        )
        login.grant(event.relation)
        event.relation.data[self.app]["login"] = login.unique_identifier
        token = self.unit.add_secret({"token": "t" * 100})
        event.relation.data[self.unit]["token"] = token.unique_identifier
        token.set_info(label="token")

    def _on_config_changed(self, _event: ops.ConfigChangedEvent):
        port = self.config["port"]
        login = self.model.get_secret(label="login")
        before = login.get_content()
        login.set_content({"user": "web", "pass-word": f"for {port}"})
        login.set_info(description=f"for {port}", rotate=ops.SecretRotate.NEVER)
        self.unit.status = ops.ActiveStatus(f"{before['pass-word']} then {port} {login.get_info().label}")

    def _on_changed(self, event: ops.RelationChangedEvent):
        secret_id = event.relation.data[event.app].get("secret")
        if not secret_id:
            return
        secret = self.model.get_secret(id=secret_id, label="theirs")
        self.unit.status = ops.ActiveStatus(f"got {secret.get_content()['key']}")

    def _on_secret_changed(self, event: ops.SecretChangedEvent):
        tracked = event.secret.get_content().get("key", "ours")
        latest = event.secret.peek_content().get("key", "ours")
        fresh = event.secret.get_content(refresh=True).get("key", "ours")
        self.unit.status = ops.ActiveStatus(f"{event.secret.label}: {tracked} {latest} {fresh}")

    def _on_secret_remove(self, event: ops.SecretRemoveEvent):
        event.secret.remove_revision(event.revision)

    def _on_update_status(self, _event: ops.UpdateStatusEvent):
        try:
            self.model.get_secret(label="nobody's")
        except ops.SecretNotFoundError:
            self.unit.status = ops.WaitingStatus("not found")
        login = self.model.get_secret(label="login")
        login.revoke(self.model.get_relation("db"))
        self.model.get_secret(label="token").remove_all_revisions()


if __name__ == "__main__":
    ops.main(SecretsCharm)
