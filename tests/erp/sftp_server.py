"""An SFTP server of a folder, for tests: one password, one key of its own."""

from __future__ import annotations

import os
import socket
import threading

import paramiko

USER, PASSWORD = "kasa", "haslo-do-wymiany"


class SftpServer:
    """Serves ``root`` on a port of this machine; ``drop`` breaks every connection."""

    def __init__(self, root) -> None:
        self._key = paramiko.ECDSAKey.generate()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[paramiko.Transport] = []
        port = self._listener.getsockname()[1]
        self.address = f"sftp://{USER}@127.0.0.1:{port}"
        self.host_key = f"{self._key.get_name()} {self._key.get_base64()}"
        self.root = root
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def drop(self) -> None:
        while self._open:
            self._open.pop().close()

    def stop(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)
        self.drop()

    def _serve(self) -> None:
        while True:
            try:
                line, _who = self._listener.accept()
            except OSError:
                return
            try:
                self._welcome(line)
            except (paramiko.SSHException, EOFError, OSError):
                line.close()

    def _welcome(self, line) -> None:
        transport = paramiko.Transport(line)
        transport.add_server_key(self._key)
        transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Files, root=self.root)
        self._open.append(transport)
        transport.start_server(server=_Door())


class _Door(paramiko.ServerInterface):
    def get_allowed_auths(self, username):
        return "password"

    def check_auth_password(self, username, password):
        is_known = (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if is_known else paramiko.AUTH_FAILED

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED


class _Handle(paramiko.SFTPHandle):
    def close(self):
        super().close()
        self.readfile.close()


class _Files(paramiko.SFTPServerInterface):
    def __init__(self, server, *args, root) -> None:
        super().__init__(server)
        self._root = root

    def _there(self, path):
        return self._root / self.canonicalize(path).lstrip("/")

    def list_folder(self, path):
        try:
            return [
                paramiko.SFTPAttributes.from_stat(it.lstat(), it.name)
                for it in self._there(path).iterdir()
            ]
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    def stat(self, path):
        return self._status(self._there(path).stat)

    def lstat(self, path):
        return self._status(self._there(path).lstat)

    def open(self, path, flags, attr):
        try:
            number = os.open(self._there(path), flags, 0o644)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        made = _Handle(flags)
        made.filename = str(path)
        made.readfile = made.writefile = os.fdopen(number, "rb" if flags == os.O_RDONLY else "wb")
        return made

    def mkdir(self, path, attr):
        return self._done(self._there(path).mkdir)

    def remove(self, path):
        return self._done(self._there(path).unlink)

    def posix_rename(self, oldpath, newpath):
        return self._done(self._there(oldpath).replace, self._there(newpath))

    def _status(self, ask):
        try:
            return paramiko.SFTPAttributes.from_stat(ask())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    def _done(self, act, *arguments):
        try:
            act(*arguments)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        return paramiko.SFTP_OK
