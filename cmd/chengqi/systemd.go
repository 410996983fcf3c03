package main

import (
	"log/slog"
	"net"
	"os"
)

// notifySocket is the variable in which systemd says where it listens.
const notifySocket = "NOTIFY_SOCKET"

// tellSystemd says how far the program is to the systemd that started it, if one did: so “systemctl start” comes back
// when the office can be used, not before, and fails when it cannot (sd_notify(3)).
func tellSystemd(state string) {
	address := os.Getenv(notifySocket)
	if address == "" {
		return
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: address, Net: "unixgram"})
	if err != nil {
		slog.Warn("systemd does not hear", "error", err)
		return
	}
	_, err = conn.Write([]byte(state))
	if closing := conn.Close(); err != nil || closing != nil {
		slog.Warn("systemd was not told", "error", err)
	}
}
