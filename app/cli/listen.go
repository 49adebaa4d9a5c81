package cli

import (
	"fmt"
	"log/slog"
	"net"

	"joinery/app/config"
	"joinery/app/listener"
)

// connectionsPerAddress is how many connections one address has at once: a browser opens
// up to six, and a hospital or a school may have one address.
const connectionsPerAddress = 256

// listen opens the port of the site.
func listen(cfg config.Config, log *slog.Logger) (*listener.Listener, error) {
	l, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen at ADDR %s: %w", cfg.Addr, err)
	}
	return listener.New(l, listener.Options{
		Total: listener.MostConnections(), PerAddress: connectionsPerAddress, Unlimited: cfg.TrustedProxies, Log: log,
	}), nil
}
