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

// listen opens the port of the site, with TLS if there is a certificate.
func listen(cfg config.Config, log *slog.Logger) (*listener.Listener, error) {
	var cert *listener.Certificate
	if cfg.TLSCert != "" {
		var err error
		if cert, err = listener.ReadCertificate(cfg.TLSCert, cfg.TLSKey, log); err != nil {
			return nil, err
		}
	}
	l, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen at ADDR %s: %w", cfg.Addr, err)
	}
	return listener.New(l, listener.Options{
		Total: listener.MostConnections(), PerAddress: connectionsPerAddress, Unlimited: cfg.TrustedProxies, Certificate: cert, Log: log,
	}), nil
}
